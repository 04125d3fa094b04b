package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.EventJson;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox's database, another one, and publishers in transactions of either. */
abstract class PublishingFixture {

    static OutboxDatabase database;
    static HikariDataSource other;
    static EntityManagerFactory entityManagers;
    static EntityManagerFactory otherEntityManagers;

    final String key = UUID.randomUUID().toString();
    final TransactionalEventPublisher events = publisher(database.dataSource);

    @Entity(name = "thing")
    static class Thing {

        @Id
        String name = "";
    }

    @BeforeAll
    static void open() {
        database = new OutboxDatabase();
        other = another(true);
        entityManagers = jpa(database.dataSource);
        otherEntityManagers = jpa(other);
    }

    @AfterAll
    static void close() {
        entityManagers.close();
        otherEntityManagers.close();
        other.close();
        database.close();
    }

    void refused(PlatformTransactionManager manager) {
        assertThatThrownBy(() -> in(manager, this::publish))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("publish(AuditEvent)")
                .hasMessageContaining("another database or transaction manager");
        assertThat(published()).isZero();
    }

    void publish() {
        events.publish(new AuditEvent(key, "published"));
    }

    int published() {
        return database.jdbc
                .sql("SELECT count(*) FROM outbox WHERE key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    static void in(PlatformTransactionManager manager, Runnable work) {
        new TransactionTemplate(manager).executeWithoutResult(status -> work.run());
    }

    static TransactionalEventPublisher publisher(DataSource dataSource) {
        return publisher(dataSource, "test");
    }

    static TransactionalEventPublisher publisher(DataSource dataSource, String source) {
        return new TransactionalEventPublisher(
                new Outbox(new JdbcTemplate(dataSource)),
                new EventJson(),
                source,
                Clock.systemUTC(),
                100_000,
                PersistenceContext.NONE,
                buckets -> {});
    }

    static JpaTransactionManager manager(EntityManagerFactory entityManagers, DataSource dataSource) {
        var manager = new JpaTransactionManager(entityManagers);
        manager.setJpaDialect(new HibernateJpaDialect());
        manager.setDataSource(dataSource);
        return manager;
    }

    static EntityManagerFactory jpa(DataSource dataSource) {
        return new HibernatePersistenceConfiguration("test")
                .managedClass(Thing.class)
                .property("jakarta.persistence.nonJtaDataSource", dataSource)
                .createEntityManagerFactory();
    }

    static HikariDataSource another(boolean autoCommit) {
        var created = TestInfrastructure.get().createDatabase("other");
        var config = new HikariConfig();
        config.setJdbcUrl(created.jdbcUrl());
        config.setUsername(created.username());
        config.setPassword(created.password());
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    static HikariDataSource another(HikariDataSource same, boolean autoCommit) {
        var config = new HikariConfig();
        config.setJdbcUrl(same.getJdbcUrl());
        config.setUsername(same.getUsername());
        config.setPassword(same.getPassword());
        config.setMaximumPoolSize(2);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }
}
