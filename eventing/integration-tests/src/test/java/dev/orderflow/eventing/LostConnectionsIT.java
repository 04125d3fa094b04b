package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.TcpProxy;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Database connections that are lost without being closed. */
class LostConnectionsIT {

    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    @Test
    void relayAndConsumersGoOnWithNewConnections() {
        var database = TestInfrastructure.get().createDatabase("lost");
        var port = PORT.matcher(database.jdbcUrl());
        assertThat(port.find()).isTrue();
        try (var proxy = new TcpProxy(Integer.parseInt(port.group(1)));
                var application = start(
                        "--spring.datasource.url=" + port.replaceFirst(":" + proxy.port() + "/"),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        // PoolTimeoutsTests covers its default of a minute.
                        "--spring.datasource.hikari.data-source-properties.socketTimeout=2",
                        "--spring.datasource.hikari.validation-timeout=1000",
                        "--spring.kafka.bootstrap-servers="
                                + TestInfrastructure.get().bootstrapServers())) {
            var account = UUID.randomUUID().toString();
            publish(application, account);

            for (var round = 0; round < 3; round++) {
                proxy.loseConnections();
                publish(application, UUID.randomUUID().toString());
            }

            application.getBeansOfType(Looping.class).values().stream()
                    .flatMap(looping -> looping.loops().stream())
                    .map(Loop::status)
                    .forEach(status -> assertThat(status)
                            .returns(false, it -> it.needsRestart(Duration.ofMinutes(1)))
                            .extracting(LoopStatus::state)
                            .isNotEqualTo(LoopStatus.State.DIED));
        }
    }

    /** Statements of migrations may take longer than the limit. */
    @Test
    void theTimeLimitDoesNotCutMigrations() {
        var database = TestInfrastructure.get().createDatabase("lost");
        try (var application = start(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.data-source-properties.socketTimeout=1",
                "--spring.flyway.init-sqls=SELECT pg_sleep(2)",
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.get().bootstrapServers())) {
            assertThat(application
                            .getBean(JdbcClient.class)
                            .sql("SELECT count(*) FROM effect")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    private static void publish(ConfigurableApplicationContext application, String account) {
        var events = application.getBean(EventPublisher.class);
        var transaction = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(e -> e instanceof DataAccessException || e instanceof TransactionException)
                .until(() -> {
                    transaction.executeWithoutResult(status -> {
                        events.publish(new Opened(account));
                        events.publish(new Closed(account, ""));
                    });
                    return true;
                });
        var effects = application.getBean(Effects.class);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(e -> e instanceof DataAccessException)
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened", "closed"));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(SampleApplication.class).run(arguments);
    }
}
