package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Held events that cannot be sent again: their content is gone, or the broker refuses it. None is held for ever. */
class LostContentIT extends LostRecordsFixture {

    @Test
    void anEventWhoseRetryRecordTheBrokerRefusesIsADeadLetterWithTheCause() {
        setLargestRecord("10");
        faults.fail(account, 1);
        publish(new Deposited(account, 1), new Deposited(account, 2));

        patiently().untilAsserted(() -> assertThat(states()).containsExactly("DEAD", "PARKED"));
        assertThat(letter("root_cause")).contains("cannot be sent and is parked in the outbox");
        assertThat(letter("convert_from(payload, 'UTF8')")).contains("\"amount\":1");

        setLargestRecord("1000000");
        jdbc.sql("UPDATE outbox_parked SET state = 'DISCARDED' WHERE key = ?")
                .param(account)
                .update();
        patiently().until(() -> parked() == 0);
        inTransaction(() -> assertThat(requeue.again(deadSource(), true)).isTrue());
        assertInOrder();
    }

    @Test
    void anEventThatHasNoContentAnyMoreIsADeadLetterThatSaysWhereItWas() {
        var id = UUID.randomUUID();
        hold(id, "RETRYING", Instant.now().minusSeconds(60), null);
        jdbc.sql("UPDATE key_hold SET placed_at = placed_at - interval '1 day' WHERE event_id = ?")
                .param(id)
                .update();

        patiently().untilAsserted(() -> assertThat(states()).containsExactly("DEAD"));
        assertThat(letter("root_cause")).contains("is gone, and so is its content", "account-events-4@711");
    }

    /** The row is that of an earlier version, which stores neither the content of such events nor the time of diversion. */
    @Test
    void anEventThatTheVersionBeforePutOnARetryTopicKeepsItsContent() {
        var event = foreign(new Deposited(account, 5));
        var id = idOf(event);
        inTransaction(() -> {
            hold(id, "PARKED", Instant.now(), event);
            placeAsBefore(id, "HELD", 2);
        });
        assertThat(isJustPlaced(id)).isTrue();

        // The event's record never arrives in this test.
        patiently().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
    }

    @Test
    void anEventWithoutContentIsNotGivenUpWhileItsRecordMayBeLate() {
        var id = UUID.randomUUID();
        hold(id, "RETRYING", Instant.now().minusSeconds(60), null);

        Awaitility.await()
                .during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(states()).containsExactly("RETRYING"));
    }

    @Test
    void anEventThatIsGivenUpHasNoEffectAndThoseBehindItGoOn() {
        faults.fail(account, Integer.MAX_VALUE);
        publish(new Deposited(account, 1), new Closed(account, ""));
        patiently().untilAsserted(() -> assertThat(states()).containsExactly("RETRYING", "HELD"));

        inTransaction(
                () -> assertThat(recovery.giveUp(firstHeld(), "not wanted")).contains(1));

        patiently().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed"));
        assertThat(letter("root_cause")).endsWith("Given up by an operator: not wanted");
        assertThat(letter("convert_from(payload, 'UTF8')")).contains("\"amount\":1");
    }

    private static void setLargestRecord(String bytes) {
        withAdmin(admin -> admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, LEVEL_1),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                .all()
                .get());
    }

    /** Executes the statement of the version before V10. */
    private void placeAsBefore(UUID id, String state, int hop) {
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset, headers, payload)
                SELECT consumer, event_id, topic, key, type, ?, ?, 1, now(), '[]', source_partition, source_offset, NULL, NULL
                FROM key_hold
                WHERE event_id = ?
                ON CONFLICT (consumer, event_id) DO UPDATE SET
                    state = excluded.state, hop = excluded.hop, level = excluded.level, due = excluded.due,
                    attempts = excluded.attempts, headers = excluded.headers, payload = excluded.payload
                """).params(state, hop, id).update();
    }

    private boolean isJustPlaced(UUID id) {
        return jdbc.sql("SELECT placed_at > now() - interval '30 seconds' FROM key_hold WHERE event_id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private SourceRecord deadSource() {
        return jdbc.sql("SELECT event_id, headers, payload FROM dead_letter WHERE consumer = 'lost' AND key = ?")
                .param(account)
                .query((row, number) -> new SourceRecord(
                        row.getObject("event_id", UUID.class),
                        "account-events",
                        0,
                        0,
                        account,
                        "sample.account.deposited.v1",
                        HeadersJson.read(row.getString("headers")),
                        row.getBytes("payload")))
                .single();
    }

    private String letter(String column) {
        return jdbc.sql("SELECT " + column + " FROM dead_letter WHERE consumer = 'lost' AND key = ?")
                .param(account)
                .query(String.class)
                .single();
    }

    private int parked() {
        return jdbc.sql("SELECT count(*) FROM outbox_parked WHERE key = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }
}
