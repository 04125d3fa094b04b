package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Statements of the relay that hang in a server that answers all other statements. */
class HangingStatementsIT {

    /** A driver that gives up without cancelling leaves a waiting statement behind, another one with each attempt. */
    @Test
    void aLockThatSomebodyKeepsDelaysEventsAndUsesUpNoConnections() throws SQLException {
        var database = TestInfrastructure.get().createDatabase("hanging");
        try (var application = start(database);
                var other = connect(database)) {
            awaitEffects(application, publish(application));
            other.setAutoCommit(false);
            execute(other, "LOCK TABLE outbox_bucket IN ACCESS EXCLUSIVE MODE");
            // Until it has to write there again, the relay sends published events.
            await().until(() -> waiting(application) > 0);
            var account = publish(application);

            await().during(Duration.ofSeconds(12))
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(waiting(application)).isLessThanOrEqualTo(2));
            assertThat(application.getBean(Effects.class).of(account)).isEmpty();

            other.rollback();
            awaitEffects(application, account);
            for (var table : new String[] {"outbox_parked", "outbox_discarded", "dead_letter", "key_hold"}) {
                assertThat(count(application, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isZero();
            }
        }
    }

    private static int waiting(ConfigurableApplicationContext application) {
        return count(application, """
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                """);
    }

    private static int count(ConfigurableApplicationContext application, String sql) {
        return application
                .getBean(JdbcClient.class)
                .sql(sql)
                .query(Integer.class)
                .single();
    }

    private static String publish(ConfigurableApplicationContext application) {
        var account = UUID.randomUUID().toString();
        var events = application.getBean(EventPublisher.class);
        new TransactionTemplate(application.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            events.publish(new Opened(account));
            events.publish(new Closed(account, ""));
        });
        return account;
    }

    private static void awaitEffects(ConfigurableApplicationContext application, String account) {
        var effects = application.getBean(Effects.class);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened", "closed"));
    }

    private static ConfigurableApplicationContext start(Database database) {
        return new SpringApplicationBuilder(SampleApplication.class)
                .run(
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.datasource.hikari.data-source-properties.socketTimeout=2",
                        "--spring.kafka.bootstrap-servers="
                                + TestInfrastructure.get().bootstrapServers());
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
