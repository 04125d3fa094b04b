package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
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
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishing in the transactions of an application with two databases, with and without JPA. */
class PublishingTransactionsIT {

    private static OutboxDatabase database;
    private static HikariDataSource other;
    private static EntityManagerFactory entityManagers;
    private static EntityManagerFactory otherEntityManagers;

    private final String key = UUID.randomUUID().toString();
    private final TransactionalEventPublisher events = publisher(database.dataSource);

    @EventTopic(value = "bills", owner = "billing")
    @EventType("test.billing.billed.v1")
    record Billed(String key) implements DomainEvent {}

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

    @Test
    void transactionsOfTheOutboxsDatabaseAreJoined() {
        in(new JdbcTransactionManager(database.dataSource), this::publish);
        assertThat(published()).isEqualTo(1);

        in(manager(entityManagers, database.dataSource), this::publish);
        assertThat(published()).isEqualTo(2);
    }

    @Test
    void anEventWhoseTopicBelongsToAnotherServiceIsRefused() {
        var manager = new JdbcTransactionManager(database.dataSource);
        assertThatThrownBy(() -> in(manager, () -> events.publish(new Billed(key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "bills, which belongs to billing, and the source of this application's events is test")
                .hasMessageContaining("eventing.source");
        assertThat(published()).isZero();

        in(manager, () -> publisher(database.dataSource, "billing").publish(new Billed(key)));
        assertThat(published()).isEqualTo(1);
    }

    @Test
    void aTransactionOfAnotherDatabaseIsRefused() {
        refused(new JdbcTransactionManager(other));
        refused(manager(otherEntityManagers, other));
    }

    @Test
    void aTransactionOfTheSameDatabaseThroughAnotherPoolIsRefused() {
        try (var pool = another(database.dataSource, true)) {
            refused(new JdbcTransactionManager(pool));
        }
    }

    /** Spring keeps a statement's connection until a foreign transaction ends, so it looks like a connection of that transaction. */
    @Test
    void aForeignTransactionIsRefusedAlsoAfterAStatementOfTheOutboxsDatabase() {
        assertThatThrownBy(() -> in(new JdbcTransactionManager(other), () -> {
                    database.template.queryForObject("SELECT 1", Integer.class);
                    publish();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another database or transaction manager");
        assertThat(published()).isZero();
    }

    @Test
    void aForeignTransactionIsRefusedAlsoWhenThePoolsConnectionsDoNotCommitByThemselves() {
        try (var pool = another(database.dataSource, false)) {
            var publisher = publisher(pool);
            var template = new JdbcTemplate(pool);
            assertThatThrownBy(() -> in(new JdbcTransactionManager(other), () -> {
                        template.queryForObject("SELECT 1", Integer.class);
                        publisher.publish(new AuditEvent(key, "published"));
                    }))
                    .isInstanceOf(IllegalStateException.class);

            in(new JdbcTransactionManager(pool), () -> {
                template.queryForObject("SELECT 1", Integer.class);
                publisher.publish(new AuditEvent(key, "published"));
            });
            assertThat(published()).isEqualTo(1);
        }
    }

    @Test
    void aManagerWithoutJdbcIsRefused() {
        refused(new NoResources());
    }

    @Test
    void anInnerTransactionOfTheOutboxsDatabaseIsJoinedWithinAForeignOne() {
        in(new JdbcTransactionManager(other), () -> {
            assertThatThrownBy(this::publish).isInstanceOf(IllegalStateException.class);
            in(new JdbcTransactionManager(database.dataSource), this::publish);
            assertThatThrownBy(this::publish).isInstanceOf(IllegalStateException.class);
        });
        assertThat(published()).isEqualTo(1);
    }

    @Test
    void aNewTransactionHasItsOwnEventsAndOneThatIsSuspendedKeepsIts() {
        var manager = new JdbcTransactionManager(database.dataSource);
        var inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        new TransactionTemplate(manager).executeWithoutResult(outer -> {
            publish();
            inner.executeWithoutResult(status -> publish());
            outer.setRollbackOnly();
        });

        assertThat(published()).isEqualTo(1);
    }

    @Test
    void withoutATransactionNothingIsPublished() {
        var manager = new JdbcTransactionManager(database.dataSource);
        var without = new TransactionTemplate(manager);
        without.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        var supports = new TransactionTemplate(manager);
        supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
        var readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);

        assertThatThrownBy(this::publish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> in(manager, () -> without.executeWithoutResult(status -> publish())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> supports.executeWithoutResult(status -> publish()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> publish()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(published()).isZero();
    }

    @Test
    void whatIsPublishedAfterTheCommitIsRefused() {
        var manager = new JdbcTransactionManager(database.dataSource);

        assertThatThrownBy(() -> in(manager, () -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            publish();
                        }
                    });
                    publish();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its transaction has ended");
        assertThat(published()).isEqualTo(1);
    }

    @Test
    void dataSourcesThatWaitOrJoinByThemselvesAreNoHindrance() {
        var lazy = new LazyConnectionDataSourceProxy(database.dataSource);
        assertThatCode(() -> in(
                        new JdbcTransactionManager(lazy),
                        () -> publisher(lazy).publish(new AuditEvent(key, "published"))))
                .doesNotThrowAnyException();
        var joining = new TransactionAwareDataSourceProxy(database.dataSource);
        assertThatCode(() -> in(
                        new JdbcTransactionManager(joining),
                        () -> publisher(joining).publish(new AuditEvent(key, "published"))))
                .doesNotThrowAnyException();
        assertThat(published()).isEqualTo(2);
    }

    private void refused(PlatformTransactionManager manager) {
        assertThatThrownBy(() -> in(manager, this::publish))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("publish(AuditEvent)")
                .hasMessageContaining("another database or transaction manager");
        assertThat(published()).isZero();
    }

    private void publish() {
        events.publish(new AuditEvent(key, "published"));
    }

    private int published() {
        return database.jdbc
                .sql("SELECT count(*) FROM outbox WHERE key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private static void in(PlatformTransactionManager manager, Runnable work) {
        new TransactionTemplate(manager).executeWithoutResult(status -> work.run());
    }

    private static TransactionalEventPublisher publisher(DataSource dataSource) {
        return publisher(dataSource, "test");
    }

    private static TransactionalEventPublisher publisher(DataSource dataSource, String source) {
        return new TransactionalEventPublisher(
                new Outbox(new JdbcTemplate(dataSource)),
                new EventJson(),
                source,
                Clock.systemUTC(),
                100_000,
                PersistenceContext.NONE,
                buckets -> {});
    }

    private static JpaTransactionManager manager(EntityManagerFactory entityManagers, DataSource dataSource) {
        var manager = new JpaTransactionManager(entityManagers);
        manager.setJpaDialect(new HibernateJpaDialect());
        manager.setDataSource(dataSource);
        return manager;
    }

    private static EntityManagerFactory jpa(DataSource dataSource) {
        return new HibernatePersistenceConfiguration("test")
                .managedClass(Thing.class)
                .property("jakarta.persistence.nonJtaDataSource", dataSource)
                .createEntityManagerFactory();
    }

    private static HikariDataSource another(boolean autoCommit) {
        var created = TestInfrastructure.get().createDatabase("other");
        var config = new HikariConfig();
        config.setJdbcUrl(created.jdbcUrl());
        config.setUsername(created.username());
        config.setPassword(created.password());
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    private static HikariDataSource another(HikariDataSource same, boolean autoCommit) {
        var config = new HikariConfig();
        config.setJdbcUrl(same.getJdbcUrl());
        config.setUsername(same.getUsername());
        config.setPassword(same.getPassword());
        config.setMaximumPoolSize(2);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    /** A transaction manager without a database, such as one for messaging. */
    private static final class NoResources extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
