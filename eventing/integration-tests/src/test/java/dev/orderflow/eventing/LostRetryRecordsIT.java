package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Events whose records on a retry topic are lost. Those of a level wait for three seconds, and count as lost two seconds later. */
class LostRetryRecordsIT extends LostRecordsFixture {

    private static final List<TopicPartition> PARTITIONS =
            List.of(new TopicPartition(LEVEL_1, 0), new TopicPartition(LEVEL_1, 1));

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
}
