package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.context.TestPropertySource;

/** Retries of three seconds, whose records count as lost two seconds later. */
@TestPropertySource(
        properties = {
            "eventing.group=lost",
            "eventing.topics.partitions=2",
            "eventing.retry.first-delay=3s",
            "eventing.retry.longest-delay=3s",
            "eventing.retry.lost-after=2s"
        })
abstract class LostRecordsFixture extends SampleIT {

    static final String LEVEL_1 = "lost.retry-1";

    @Autowired
    @Qualifier("consumerGroup")
    SmartLifecycle group;

    @Autowired
    Requeue requeue;

    @Autowired
    HoldRecovery recovery;

    void assertInOrder() {
        patiently().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2"));
        assertThat(states()).isEmpty();
    }

    void hold(UUID id, String state, Instant due, @Nullable ProducerRecord<String, byte[]> content) {
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset, headers, payload, placed_at)
                VALUES ('lost', ?, 'account-events', ?, 'sample.account.deposited.v1', ?, 1, 1, ?, '[]', 4, 711, ?, ?,
                        now() - interval '1 minute')
                """)
                .params(
                        id,
                        account,
                        state,
                        due.atOffset(ZoneOffset.UTC),
                        content == null ? null : HeadersJson.write(content.headers()),
                        content == null ? null : content.value())
                .update();
    }

    static UUID idOf(ProducerRecord<String, byte[]> event) {
        return CloudEventHeaders.read(event.headers()).id();
    }

    UUID firstHeld() {
        return jdbc.sql("SELECT event_id FROM key_hold WHERE consumer = 'lost' AND key = ? ORDER BY position LIMIT 1")
                .param(account)
                .query(UUID.class)
                .single();
    }

    List<String> states() {
        return jdbc.sql("SELECT state FROM key_hold WHERE consumer = 'lost' AND key = ? ORDER BY position")
                .param(account)
                .query(String.class)
                .list();
    }

    /** Waits longer than usual: delays, periods of the sweeper and rebalances add up. */
    static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @FunctionalInterface
    interface AdminWork {
        void with(Admin admin) throws Exception;
    }

    static void withAdmin(AdminWork work) {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", (Object) TestInfrastructure.get().bootstrapServers()))) {
            work.with(admin);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
