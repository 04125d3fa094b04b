package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.context.TestPropertySource;

/** Events whose records on a retry topic are lost. Those of a level wait for three seconds, and count as lost two seconds later. */
@TestPropertySource(
        properties = {
            "eventing.group=lost",
            "eventing.topics.partitions=2",
            "eventing.retry.first-delay=3s",
            "eventing.retry.longest-delay=3s",
            "eventing.retry.lost-after=2s"
        })
class LostRetryRecordsIT extends SampleIT {

    private static final String LEVEL_1 = "lost.retry-1";
    private static final List<TopicPartition> PARTITIONS =
            List.of(new TopicPartition(LEVEL_1, 0), new TopicPartition(LEVEL_1, 1));

    @Autowired
    @Qualifier("consumerGroup")
    private SmartLifecycle group;

    @Autowired
    private Requeue requeue;

    @Autowired
    private HoldRecovery recovery;

    @Test
    void recordsThatWereDeletedBeforeTheyWereDueAreSentAgain() {
        failAndStop();
        withAdmin(admin -> {
            var ends = new HashMap<TopicPartition, RecordsToDelete>();
            for (var partition : PARTITIONS) {
                var end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get();
                ends.put(partition, RecordsToDelete.beforeOffset(end.offset()));
            }
            admin.deleteRecords(ends).all().get();
        });
        group.start();

        assertInOrder();
    }

    @Test
    void recordsOfATopicThatWasDeletedAndCreatedAnewAreSentAgain() {
        failAndStop();
        recreate();
        group.start();

        assertInOrder();
    }

    @Test
    void anOffsetBeyondTheEndOfATopicThatWasCreatedAnewLosesNothing() {
        failAndStop();
        recreate();
        withAdmin(admin -> admin.alterConsumerGroupOffsets(
                        "lost.retry",
                        Map.of(
                                PARTITIONS.getFirst(), new OffsetAndMetadata(1_000_000),
                                PARTITIONS.getLast(), new OffsetAndMetadata(1_000_000)))
                .all()
                .get());
        group.start();

        assertInOrder();
    }

    @Test
    void aTopicThatIsCreatedAnewWhileItIsReadLosesNothing() {
        faults.fail(account, 1);
        publish(new Deposited(account, 1), new Deposited(account, 2));
        patiently().untilAsserted(() -> assertThat(recordsOf(LEVEL_1)).hasSize(2));
        recreate();
        assertInOrder();

        faults.fail(account, 1);
        publish(new Deposited(account, 3));
        patiently()
                .untilAsserted(() ->
                        assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2", "deposited 3"));
    }

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
    void anEventIsNotHeldForAMonthBecauseAWrongClockSaidSo() {
        var event = foreign(new Deposited(account, 5));
        hold(idOf(event), "RETRYING", Instant.now().plus(Duration.ofDays(30)), event);

        patiently().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
        assertThat(states()).isEmpty();
    }

    @Test
    void anEventThatWaitsForNothingFollows() {
        var event = foreign(new Deposited(account, 5));
        hold(idOf(event), "PARKED", Instant.now(), event);

        patiently().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
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

    @Test
    void anEventThatIsSentAgainThoughItWasNotLostTakesEffectOnce() {
        faults.fail(account, 1);
        publish(new Deposited(account, 1), new Deposited(account, 2));
        patiently().untilAsserted(() -> assertThat(recordsOf(LEVEL_1)).hasSize(2));

        inTransaction(() -> assertThat(recovery.resend(firstHeld())).isEqualTo(HoldRecovery.Recovery.RESENT));

        assertInOrder();
        publish(new Deposited(account, 3));
        patiently()
                .untilAsserted(() ->
                        assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2", "deposited 3"));
    }

    /** Leaves two events on the retry topic without a consumer. */
    private void failAndStop() {
        faults.fail(account, 1);
        publish(new Deposited(account, 1), new Deposited(account, 2));
        patiently().untilAsserted(() -> assertThat(recordsOf(LEVEL_1)).hasSize(2));
        group.stop();
        assertThat(states()).containsExactly("RETRYING", "HELD");
    }

    private void assertInOrder() {
        patiently().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2"));
        assertThat(states()).isEmpty();
    }

    private static void recreate() {
        withAdmin(admin -> {
            admin.deleteTopics(List.of(LEVEL_1)).all().get();
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> admin.createTopics(List.of(new NewTopic(LEVEL_1, Optional.of(2), Optional.empty())))
                                    .all()
                                    .get());
        });
    }

    private static void setLargestRecord(String bytes) {
        withAdmin(admin -> admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, LEVEL_1),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                .all()
                .get());
    }

    private void hold(UUID id, String state, Instant due, @Nullable ProducerRecord<String, byte[]> content) {
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

    private static UUID idOf(ProducerRecord<String, byte[]> event) {
        return CloudEventHeaders.read(event.headers()).id();
    }

    private UUID firstHeld() {
        return jdbc.sql("SELECT event_id FROM key_hold WHERE consumer = 'lost' AND key = ? ORDER BY position LIMIT 1")
                .param(account)
                .query(UUID.class)
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

    private List<String> states() {
        return jdbc.sql("SELECT state FROM key_hold WHERE consumer = 'lost' AND key = ? ORDER BY position")
                .param(account)
                .query(String.class)
                .list();
    }

    /** Waits longer than usual: delays, periods of the sweeper and rebalances add up. */
    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @FunctionalInterface
    private interface AdminWork {
        void with(Admin admin) throws Exception;
    }

    private static void withAdmin(AdminWork work) {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", (Object) TestInfrastructure.get().bootstrapServers()))) {
            work.with(admin);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
