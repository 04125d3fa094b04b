package dev.orderflow.eventing.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.outbox.JsonPublisher.JsonEvent;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.EventingSchema;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventJson;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** An application's publishers of records, JSON and retries write their events of one transaction together. */
class SharedOutboxIT extends PublishingFixture {

    private static final String HANDLED = "sample.audit.noted.v1";
    private static final String ROUTED = "test.routed.v1";
    private static final String RETRIED = "test.retried.v1";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EventingProperties.class)
    static class Properties {}

    @Test
    void whatAllPublishersPublishIsWrittenInTheOrderOfTheCalls() {
        var manager = new JdbcTransactionManager(database.dataSource);
        new ApplicationContextRunner()
                .withUserConfiguration(Properties.class, OutboxAutoConfiguration.class)
                .withBean(EventJson.class, EventJson::new)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(
                        EventingDatabase.class,
                        () -> new EventingDatabase(database.dataSource, manager, EventingSchema.UNSET))
                .run(context -> in(manager, () -> {
                    for (var number = 0; number < 2; number++) {
                        context.getBean(EventPublisher.class).publish(new AuditEvent(key, "handled"));
                        context.getBean(JsonPublisher.class).publish(routed());
                        context.getBean(RecordForwarder.class)
                                .forward("test-retry", key, RETRIED, new RecordHeaders(), new byte[0]);
                    }
                }));

        assertThat(database.jdbc
                        .sql("SELECT type FROM outbox WHERE key = ? ORDER BY id")
                        .param(key)
                        .query(String.class)
                        .list())
                .containsExactly(HANDLED, ROUTED, RETRIED, HANDLED, ROUTED, RETRIED);
    }

    private JsonEvent routed() {
        return new JsonEvent("test-routed", ROUTED, key, List.of(), "{}".getBytes(UTF_8));
    }
}
