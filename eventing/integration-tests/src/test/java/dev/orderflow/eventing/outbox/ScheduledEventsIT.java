package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.PublicationTime.after;
import static dev.orderflow.eventing.PublicationTime.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.schema.EventingSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Events that are published later, on a real database whose clock decides. */
class ScheduledEventsIT extends PublishingFixture {

    private static final PublicationTime LATER = after(Duration.ofHours(1));

    private final AtomicLong counted = new AtomicLong();
    private volatile long now;
    private final ScheduledPublication publication = publication(database.transaction);

    @BeforeEach
    void empty() {
        database.template.execute("TRUNCATE outbox, outbox_sequence, scheduled_event");
    }

    @Test
    void anEventIsPublishedOnceAndNotBeforeItsTime() {
        var before = Instant.now();
        schedule(key, "later", LATER);

        assertThat(publication.round()).isLessThanOrEqualTo(Duration.ofMillis(500));
        assertThat(texts(key)).isEmpty();

        due();
        publication.round();
        publication.round();
        assertThat(texts(key)).containsExactly("later");
        assertThat(counted).hasValue(1);
        assertThat(database.jdbc
                        .sql("SELECT event_id::text || ' ' || extract(epoch FROM time) FROM outbox")
                        .query(String.class)
                        .single())
                .satisfies(row -> {
                    var planned = Instant.ofEpochMilli(
                            Long.parseLong(row.substring(0, 13).replace("-", ""), 16));
                    assertThat(planned).isBetween(before.plusSeconds(3_599), before.plusSeconds(3_660));
                    assertThat(Double.parseDouble(row.substring(37)))
                            .isCloseTo(planned.toEpochMilli() / 1_000.0, within(0.002));
                });
    }

    @Test
    void aTimeThatHasPassedMeansAtOnce() {
        schedule(key, "long ago", at(Instant.EPOCH));
        schedule(key, "now", after(Duration.ZERO));

        publication.round();

        assertThat(texts(key)).containsExactly("long ago", "now");
    }

    @Test
    void eventsArePublishedInTheOrderOfTheirTimes() {
        schedule(key, "third", at(Instant.EPOCH.plusSeconds(3)));
        schedule(key, "first", at(Instant.EPOCH.plusSeconds(1)));
        schedule(key, "second", at(Instant.EPOCH.plusSeconds(2)));
        schedule(key, "also third", at(Instant.EPOCH.plusSeconds(3)));

        publication.round();

        assertThat(texts(key)).containsExactly("first", "second", "third", "also third");
    }

    @Test
    void whatIsRolledBackHasNoEffect() {
        database.transaction.executeWithoutResult(status -> {
            events.publish(new AuditEvent(key, "never"), LATER);
            status.setRollbackOnly();
        });
        schedule(key, "kept", LATER);
        database.transaction.executeWithoutResult(status -> {
            assertThat(events.cancel(AuditEvent.class, key)).isEqualTo(1);
            status.setRollbackOnly();
        });

        due();
        publication.round();

        assertThat(texts(key)).containsExactly("kept");
    }

    @Test
    void eventsAreCancelledByTypeAndKey() {
        schedule(key, "cancelled", LATER);
        schedule(key, "cancelled, too", after(Duration.ofHours(2)));
        schedule(key + "'", "of another key", LATER);

        assertThat(cancel(key)).isEqualTo(2);
        assertThat(cancel(key)).isZero();
        due();
        publication.round();

        assertThat(texts(key)).isEmpty();
        assertThat(texts(key + "'")).containsExactly("of another key");
        assertThat(cancel(key + "'")).as("after its publication").isZero();
    }

    /** Publication passes by what is being cancelled, and takes the others. */
    @Test
    void aCancellationThatCrossesThePublicationWins() {
        schedule(key, "cancelled", at(Instant.EPOCH));
        schedule(key + "'", "published", at(Instant.EPOCH));

        database.transaction.executeWithoutResult(status -> {
            assertThat(events.cancel(AuditEvent.class, key)).isEqualTo(1);
            together(List.of(publication::round));
            assertThat(published(key + "'")).isEqualTo(1);
        });
        publication.round();

        assertThat(texts(key)).isEmpty();
    }

    /** As when the process is killed: the rows are deleted and written by one transaction. */
    @Test
    void aPublicationThatDoesNotCommitIsRepeated() {
        schedule(key, "once", at(Instant.EPOCH));
        var interrupted = publication(new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                return database.transaction.execute(status -> {
                    action.doInTransaction(status);
                    throw new IllegalStateException("killed");
                });
            }
        });

        now += Duration.ofMinutes(2).toNanos();
        assertThatThrownBy(interrupted::round).hasMessage("killed");
        assertThat(texts(key)).isEmpty();
        assertThat(interrupted.overdueSeconds()).as("while rounds fail").isEqualTo(120);

        publication.round();
        assertThat(texts(key)).containsExactly("once");
    }

    @Test
    void instancesThatPublishTogetherRepeatAndReorderNothing() {
        database.transaction.executeWithoutResult(status -> IntStream.range(0, 3_000)
                .forEach(number -> events.publish(
                        new AuditEvent("key-" + number % 7, "" + number), at(Instant.EPOCH.plusSeconds(number)))));

        together(IntStream.range(0, 4)
                .<Callable<?>>mapToObj(instance -> () -> {
                    for (var round = 0; round < 20; round++) {
                        publication(database.transaction).round();
                    }
                    return null;
                })
                .toList());

        for (var each = 0; each < 7; each++) {
            var first = each;
            assertThat(texts("key-" + each))
                    .isEqualTo(IntStream.range(0, 3_000)
                            .filter(number -> number % 7 == first)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void aRoundTakesNoMoreThanAFewMegabytes() {
        IntStream.range(0, 300).forEach(number -> schedule("large-" + number, "large", at(Instant.EPOCH)));
        database.template.execute("UPDATE scheduled_event SET bytes = 90000");

        var rest = publication.round();

        assertThat(counted.get()).isBetween(80L, 100L);
        assertThat(rest).as("continues at once").isLessThanOrEqualTo(Duration.ZERO);
        assertThat(publication.overdueSeconds()).isGreaterThan(1_000_000);
    }

    @Test
    void theDeadlineOfWhatSchedulesItIsNotInherited() {
        var context = new EventContext("flow", "cause", null, null, EventPriority.HIGH, Instant.EPOCH, null, null);
        var scope = context.open();
        try {
            schedule(key, "later", at(Instant.EPOCH));
        } finally {
            scope.close();
        }

        publication.round();

        assertThat(database.jdbc
                        .sql("SELECT encode(headers, 'escape') FROM outbox")
                        .query(String.class)
                        .single())
                .contains("flow", "cause", "high")
                .doesNotContain("deadline");
    }

    /** A frozen process would otherwise keep all others from publishing. */
    @Test
    void theDatabaseEndsASilentPublication() {
        database.transaction.executeWithoutResult(status -> {
            new ScheduledEvents(database.template, EventingSchema.UNSET).lock();
            assertThat(database.template.queryForObject("SHOW idle_in_transaction_session_timeout", String.class))
                    .isEqualTo("30s");
        });
        assertThat(database.template.queryForObject("SHOW statement_timeout", String.class))
                .isEqualTo("0");
    }

    @Test
    void afterTheCommitItIsTooLate() {
        assertThatThrownBy(() -> database.transaction.executeWithoutResult(status -> {
                    events.publish(new AuditEvent(key, "in time"));
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            events.publish(new AuditEvent(key, "too late"), LATER);
                        }
                    });
                }))
                .hasMessageContaining("after its transaction has ended");

        assertThat(texts(key)).containsExactly("in time");
        assertThat(database.template.queryForObject("SELECT count(*) FROM scheduled_event", Long.class))
                .isZero();
    }

    @Test
    void whatCannotBeScheduledIsRefused() {
        assertThatThrownBy(() -> events.publish(new AuditEvent(key, "later"), LATER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a transaction");
        assertThatThrownBy(() -> events.cancel(AuditEvent.class, key))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a transaction");
        assertThatThrownBy(() -> schedule(key, "later", at(Instant.MAX))).hasMessageContaining("within 3660 days");
        assertThatThrownBy(() -> schedule(key, "later", after(Duration.ofSeconds(Long.MAX_VALUE))))
                .hasMessageContaining("within 3660 days");
        assertThatThrownBy(() -> after(Duration.ofNanos(-1))).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> schedule(" ", "later", LATER)).hasMessageContaining("key that is blank");
    }

    private void schedule(String of, String text, PublicationTime time) {
        database.transaction.executeWithoutResult(status -> events.publish(new AuditEvent(of, text), time));
    }

    private int cancel(String of) {
        return database.transaction.execute(status -> events.cancel(AuditEvent.class, of));
    }

    private static void due() {
        database.template.execute("UPDATE scheduled_event SET due = now()");
    }

    private ScheduledPublication publication(TransactionOperations transaction) {
        return new ScheduledPublication(
                new ScheduledEvents(database.template, EventingSchema.UNSET),
                new Outbox(database.template),
                transaction,
                buckets -> assertThat(buckets).isNotZero(),
                counted::addAndGet,
                () -> now);
    }

    private static void together(List<Callable<?>> tasks) {
        var begun = new CountDownLatch(tasks.size());
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            var ended = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        begun.countDown();
                        begun.await();
                        return task.call();
                    }))
                    .toList();
            for (var each : ended) {
                each.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int published(String of) {
        return texts(of).size();
    }

    private static List<String> texts(String of) {
        return database.jdbc
                .sql(
                        "SELECT convert_from(payload, 'UTF8')::jsonb ->> 'what' FROM outbox WHERE key = ? ORDER BY sequence")
                .param(of)
                .query(String.class)
                .list();
    }
}
