package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with two persistence units. The primary one is not of the database that holds the outbox. */
class SeveralPersistenceUnitsIT {

    private static ConfigurableApplicationContext context;

    private final PersistenceContext entities = context.getBean(PersistenceContext.class);
    private final EntityManager orders = entityManager("ordersUnit");
    private final EntityManager archive = entityManager("archiveUnit");
    private final JdbcTemplate jdbc = new JdbcTemplate(context.getBean("orders", DataSource.class));

    @Entity(name = "thing")
    static class Thing {

        @Id
        String name;

        protected Thing() {
            this("");
        }

        Thing(String name) {
            this.name = name;
        }
    }

    @BeforeAll
    static void start() {
        var orders = TestInfrastructure.get().createDatabase("orders");
        var archive = TestInfrastructure.get().createDatabase("archive");
        context = SpringApplication.run(
                Application.class,
                // This application only publishes, unlike the sample whose configuration is on the class path.
                "--spring.config.location=optional:classpath:/none/",
                "--spring.main.web-application-type=none",
                "--spring.flyway.enabled=false",
                "--spring.data.jpa.repositories.enabled=false",
                "--eventing.data-source=orders",
                "--orders.url=" + url(orders),
                "--archive.url=" + url(archive),
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.get().bootstrapServers());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void thatOfTheOutboxesDatabaseIsFlushedAndClearedAndNoOther() {
        inBoth(() -> {
            var order = new Thing("order");
            var copy = new Thing("copy");
            orders.persist(order);
            archive.persist(copy);

            entities.flush();
            assertThat(names()).contains("order");

            entities.clear();
            assertThat(orders.contains(order)).isFalse();
            assertThat(archive.contains(copy)).isTrue();
        });
    }

    /** The rows of aggregates are locked before those of the outbox. */
    @Test
    void changesAreWrittenBeforeTheEventsOfTheirTransaction() {
        jdbc.execute("CREATE TABLE seen (things text[])");
        jdbc.execute("""
                CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO seen SELECT array_agg(name) FROM thing;
                    RETURN NULL;
                END
                $$
                """);
        jdbc.execute("CREATE TRIGGER see AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION see()");

        in("ordersTransactions", () -> {
            orders.persist(new Thing("first"));
            context.getBean(EventPublisher.class).publish(new AuditEvent("key", "published"));
        });

        assertThat(jdbc.queryForObject("SELECT 'first' = ANY (things) FROM seen", Boolean.class))
                .isTrue();
    }

    private void inBoth(Runnable work) {
        in("archiveTransactions", () -> in("ordersTransactions", work));
    }

    private static void in(String manager, Runnable work) {
        new TransactionTemplate(context.getBean(manager, PlatformTransactionManager.class))
                .executeWithoutResult(status -> {
                    work.run();
                    if (!manager.equals("ordersTransactions")) {
                        status.setRollbackOnly();
                    }
                });
    }

    private Iterable<String> names() {
        return jdbc.queryForList("SELECT name FROM thing", String.class);
    }

    private static EntityManager entityManager(String unit) {
        return SharedEntityManagerCreator.createSharedEntityManager(context.getBean(unit, EntityManagerFactory.class));
    }

    private static String url(Database database) {
        return database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "user=" + database.username()
                + "&password=" + database.password();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        HikariDataSource orders(Environment environment) {
            return pool(environment.getRequiredProperty("orders.url"));
        }

        @Bean
        HikariDataSource archive(Environment environment) {
            return pool(environment.getRequiredProperty("archive.url"));
        }

        @Bean
        LocalContainerEntityManagerFactoryBean ordersUnit(@Qualifier("orders") DataSource orders) {
            return unit("orders", orders);
        }

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean archiveUnit(@Qualifier("archive") DataSource archive) {
            return unit("archive", archive);
        }

        @Bean
        JpaTransactionManager ordersTransactions(@Qualifier("ordersUnit") EntityManagerFactory unit) {
            return new JpaTransactionManager(unit);
        }

        @Bean
        JpaTransactionManager archiveTransactions(@Qualifier("archiveUnit") EntityManagerFactory unit) {
            return new JpaTransactionManager(unit);
        }

        private static LocalContainerEntityManagerFactoryBean unit(String name, DataSource dataSource) {
            var unit = new LocalContainerEntityManagerFactoryBean();
            unit.setPersistenceUnitName(name);
            unit.setDataSource(dataSource);
            unit.setManagedTypes(PersistenceManagedTypes.of(Thing.class.getName()));
            unit.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            unit.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
            return unit;
        }

        private static HikariDataSource pool(String url) {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(url);
            return pool;
        }
    }
}
