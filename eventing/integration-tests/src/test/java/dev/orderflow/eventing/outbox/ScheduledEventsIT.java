package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.PublicationTime.after;
import static dev.orderflow.eventing.PublicationTime.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.schema.EventingSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** Tests when and in which order scheduled events are published. */
class ScheduledEventsIT extends SchedulingFixture {

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
        schedule(key, "as long ago", at(Instant.MIN));

        publication.round();

        assertThat(texts(key)).containsExactly("long ago", "as long ago", "now");
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

    /** Interrupts a round as a kill does: one transaction deletes and writes the rows. */
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
}
