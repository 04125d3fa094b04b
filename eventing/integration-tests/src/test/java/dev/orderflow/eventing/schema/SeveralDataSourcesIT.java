package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with two databases, none of which is primary. */
class SeveralDataSourcesIT {

    private final Database orders = TestInfrastructure.get().createDatabase("orders");
    private final Database archive = TestInfrastructure.get().createDatabase("archive");

    @Test
    void theNamedOneHoldsTheOutboxAndItsTransactionsPublish() {
        try (var context = start("--eventing.data-source=orders", "--eventing.schema=messages")) {
            var events = context.getBean(EventPublisher.class);

            in(context, "ordersTransactions", () -> events.publish(new AuditEvent("key", "kept")));
            assertThatThrownBy(() ->
                            in(context, "archiveTransactions", () -> events.publish(new AuditEvent("key", "refused"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs a transaction of the database");

            assertThat(jdbc(context, "orders").queryForObject("SELECT count(*) FROM messages.outbox", Integer.class))
                    .isEqualTo(1);
            assertThat(jdbc(context, "archive")
                            .queryForObject("SELECT to_regnamespace('messages') IS NULL", Boolean.class))
                    .isTrue();
        }
    }

    @Test
    void withoutANameTheStartEndsWithTheNamesThereAre() {
        assertThatThrownBy(() -> start().close())
                .rootCause()
                .hasMessageContaining("archive, orders")
                .hasMessageContaining("eventing.data-source");
    }

    @Test
    void aTransactionManagerOfTheOtherDatabaseEndsTheStart() {
        assertThatThrownBy(() -> start(
                                "--eventing.data-source=orders", "--eventing.transaction-manager=archiveTransactions")
                        .close())
                .rootCause()
                .hasMessageContaining("do not share one transaction")
                .hasMessageContaining("eventing.transaction-manager");
    }

    private ConfigurableApplicationContext start(String... arguments) {
        var all = new ArrayList<>(List.of(
                // This application only publishes, unlike the sample whose configuration is on the class path.
                "--spring.config.location=optional:classpath:/none/",
                "--spring.main.web-application-type=none",
                "--spring.flyway.enabled=false",
                "--spring.data.jpa.repositories.enabled=false",
                "--orders.url=" + orders.jdbcUrl(),
                "--orders.user=" + orders.username(),
                "--archive.url=" + archive.jdbcUrl(),
                "--archive.user=" + archive.username(),
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.get().bootstrapServers()));
        all.addAll(List.of(arguments));
        return SpringApplication.run(Application.class, all.toArray(String[]::new));
    }

    private static void in(ConfigurableApplicationContext context, String manager, Runnable work) {
        new TransactionTemplate(context.getBean(manager, PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.run());
    }

    private static JdbcTemplate jdbc(ConfigurableApplicationContext context, String dataSource) {
        return new JdbcTemplate(context.getBean(dataSource, DataSource.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        HikariDataSource orders(Environment environment) {
            return pool(environment, "orders");
        }

        @Bean
        HikariDataSource archive(Environment environment) {
            return pool(environment, "archive");
        }

        @Bean
        PlatformTransactionManager ordersTransactions(HikariDataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        PlatformTransactionManager archiveTransactions(HikariDataSource archive) {
            return new JdbcTransactionManager(archive);
        }

        private static HikariDataSource pool(Environment environment, String name) {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(environment.getRequiredProperty(name + ".url"));
            pool.setUsername(environment.getRequiredProperty(name + ".user"));
            pool.setPassword(environment.getRequiredProperty(name + ".user"));
            return pool;
        }
    }
}
