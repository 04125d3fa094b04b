package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** An instance with one retry level beside another version of the application that has three. */
@TestPropertySource(
        properties = {
            "eventing.group=levels",
            "eventing.retry.levels=1",
            "spring.kafka.consumer.properties.metadata.max.age.ms=500"
        })
class ForeignRetryLevelIT extends SampleIT {

    @Test
    void recordsOnATopicOfAHigherLevelAreReadThoughItAppearsAfterTheStart() throws Exception {
        var event = foreign(new Deposited(account, 5));
        var id = CloudEventHeaders.read(event.headers()).id();
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES ('levels', ?, 'account-events', ?, 'sample.account.deposited.v1', 'RETRYING', 3, 3, now(), '[]',
                        0, 0)
                """).params(id, account).update();
        var retry = new ProducerRecord<>("levels.retry-3", null, account, event.value(), event.headers());
        header(retry, "retry_id", id);
        header(retry, "retry_hop", 3);
        header(retry, "retry_due", System.currentTimeMillis());
        header(retry, "retry_topic", "account-events");
        header(retry, "retry_partition", 0);
        header(retry, "retry_offset", 0);
        header(retry, "retry_type", "sample.account.deposited.v1");
        header(retry, "retry_key", account);

        createTopic("levels.retry-3");
        produce(List.of(retry));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
    }

    private static void createTopic(String name) throws Exception {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", (Object) TestInfrastructure.get().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void header(ProducerRecord<String, byte[]> message, String name, Object value) {
        message.headers().add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
