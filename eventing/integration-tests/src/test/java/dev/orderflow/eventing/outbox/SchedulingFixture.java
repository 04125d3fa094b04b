package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.PublicationTime.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.schema.EventingSchema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.transaction.support.TransactionOperations;

/** Events that are published later, on a real database whose clock decides. */
abstract class SchedulingFixture extends PublishingFixture {

    static final PublicationTime LATER = after(Duration.ofHours(1));

    final AtomicLong counted = new AtomicLong();
    volatile long now;
    final ScheduledPublication publication = publication(database.transaction);

    @BeforeEach
    void empty() {
        database.template.execute("TRUNCATE outbox, outbox_sequence, scheduled_event");
    }

    void schedule(String of, String text, PublicationTime time) {
        database.transaction.executeWithoutResult(status -> events.publish(new AuditEvent(of, text), time));
    }

    int cancel(String of) {
        return database.transaction.execute(status -> events.cancel(AuditEvent.class, of));
    }

    static void due() {
        database.template.execute("UPDATE scheduled_event SET due = now()");
    }

    ScheduledPublication publication(TransactionOperations transaction) {
        return new ScheduledPublication(
                new ScheduledEvents(database.template, EventingSchema.UNSET),
                new Outbox(database.template),
                transaction,
                buckets -> assertThat(buckets).isNotZero(),
                counted::addAndGet,
                () -> now);
    }

    static void together(List<Callable<?>> tasks) {
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

    static int published(String of) {
        return texts(of).size();
    }

    static List<String> texts(String of) {
        return database.jdbc
                .sql(
                        "SELECT convert_from(payload, 'UTF8')::jsonb ->> 'what' FROM outbox WHERE key = ? ORDER BY sequence")
                .param(of)
                .query(String.class)
                .list();
    }
}
