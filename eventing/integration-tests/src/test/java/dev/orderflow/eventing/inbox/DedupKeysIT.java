package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements of the inbox for events with a deduplication key. */
class DedupKeysIT {

    private static ScheduleDatabase database;

    private final Inbox inbox = new Inbox(database.jdbc, "group", Duration.ofMinutes(1), Duration.ofHours(1));
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final UUID key = UUID.randomUUID();

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aKeyIsNewOnceWithinTheWindow() {
        assertThat(firstSeen(first)).containsExactlyInAnyOrder(first, key);
        assertThat(firstSeen(second)).containsExactly(second);
        assertThat(inbox.remembered(List.of(first, UUID.randomUUID()), List.of(key)))
                .containsExactlyInAnyOrder(first, key);
    }

    @Test
    void severalEventsOfABatchMayHaveOneKey() {
        var other = UUID.randomUUID();
        var fresh = Objects.requireNonNull(database.transaction.execute(
                status -> inbox.firstSeen(List.of(first, second, other), Map.of(first, key, second, key))));

        assertThat(fresh).containsExactlyInAnyOrder(first, second, other, key);
    }

    @Test
    void afterTheWindowAKeyIsNewAgain() {
        firstSeen(first);
        age();

        assertThat(inbox.remembered(List.of(second), List.of(key))).isEmpty();
        assertThat(firstSeen(second)).containsExactlyInAnyOrder(second, key);
        assertThat(firstSeen(UUID.randomUUID())).doesNotContain(key);
    }

    /** Otherwise the event that is published after the window would be taken for a repetition. */
    @Test
    void aRedeliveryDoesNotExtendTheWindow() {
        firstSeen(first);
        age();

        assertThat(firstSeen(first)).isEmpty();
        assertThat(firstSeen(second)).contains(key);
    }

    @Test
    void ofTwoInstancesAtOnceOneGetsTheKey() throws Exception {
        var other = whileFirstIsUncommitted(false);

        assertThat(other).containsExactly(second);
    }

    @Test
    void theOtherInstanceGetsTheKeyOfOneThatRollsBack() throws Exception {
        var other = whileFirstIsUncommitted(true);

        assertThat(other).containsExactlyInAnyOrder(second, key);
    }

    private Set<UUID> firstSeen(UUID event) {
        return Objects.requireNonNull(
                database.transaction.execute(status -> inbox.firstSeen(List.of(event), Map.of(event, key))));
    }

    /** Has another instance consume the second event while the transaction with the first one is open. */
    private Set<UUID> whileFirstIsUncommitted(boolean rollBack) throws Exception {
        var recorded = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var end = new CountDownLatch(1);
            Future<?> one = threads.submit(() -> database.transaction.executeWithoutResult(status -> {
                inbox.firstSeen(List.of(first), Map.of(first, key));
                recorded.countDown();
                awaitUninterruptibly(end);
                if (rollBack) {
                    status.setRollbackOnly();
                }
            }));
            recorded.await();
            var other = threads.submit(() -> firstSeen(second));
            await().until(DedupKeysIT::isAnyoneWaiting);
            end.countDown();
            one.get();
            return other.get();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAnyoneWaiting() {
        return database.jdbc
                        .sql("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void age() {
        database.jdbc
                .sql("UPDATE eventing.inbox SET handled_at = handled_at - interval '2 hours' WHERE event_id = ?")
                .param(key)
                .update();
    }
}
