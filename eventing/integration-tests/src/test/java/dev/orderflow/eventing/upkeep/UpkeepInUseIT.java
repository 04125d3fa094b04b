package dev.orderflow.eventing.upkeep;

import static dev.orderflow.eventing.upkeep.UpkeepDatabase.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.relay.SimulatedRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Consumers and relays neither lose nor repeat anything while partitions are attached and dropped. */
class UpkeepInUseIT extends MaintainedDatabase {

    private final AtomicInteger refused = new AtomicInteger();

    /** Consumers insert the same ids repeatedly while upkeep attaches and drops their partitions. */
    @Test
    void anIdIsNewOnceWhateverUpkeepDoesMeanwhile() throws Exception {
        var ids = IntStream.range(0, 2_000)
                .mapToObj(number -> number % 2 == 0 ? idOf(today.plusDays(number % 12 - 4)) : UUID.randomUUID())
                .toList();
        var fresh = new AtomicInteger();
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var consumers = IntStream.range(0, 4)
                    .mapToObj(number -> threads.submit(() -> ids.forEach(id -> fresh.addAndGet(remember(id) ? 1 : 0))))
                    .toList();
            var upkeep = IntStream.range(0, 2)
                    .mapToObj(number ->
                            threads.submit(() -> repeat(done, () -> partitions().maintain())))
                    .toList();
            try {
                for (var consumer : consumers) {
                    consumer.get();
                }
            } finally {
                done.set(true);
            }
            for (var each : upkeep) {
                each.get();
            }
        }
        assertThat(fresh).hasValue(ids.size());
        assertThat(database.count("inbox")).isEqualTo(ids.size());
        assertThat(database.partitions("inbox")).contains(name("inbox", today.plusDays(4)));
    }

    /** Returns whether the id is new. Repeats a rejected insert, as a consumer repeats its batch. */
    private boolean remember(UUID id) {
        while (true) {
            try {
                return database.remember(id);
            } catch (DataIntegrityViolationException e) {
                refused.incrementAndGet();
            }
        }
    }

    /** The relay reads while events that are not sent yet are moved out of the default partition. */
    @Test
    void anEventIsReadOnceWhateverUpkeepDoesMeanwhile() throws Exception {
        var read = new ArrayList<String>();
        var relay = new SimulatedRelay(
                new JdbcTemplate(database.dataSource), (topic, key, headers, value) -> read.add(key));
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var relaying = threads.submit(() -> repeat(done, () -> relay.pass(null)));
            var writing = IntStream.rangeClosed(0, 4)
                    .mapToObj(today::plusDays)
                    .map(day -> threads.submit(() -> IntStream.range(0, 3_000)
                            .takeWhile(number -> !done.get())
                            .forEach(number -> publishUnlessRefused(idOf(day)))))
                    .toList();
            try {
                await().untilAsserted(() ->
                        assertThat(database.count("outbox_default")).isGreaterThan(20));
                await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                    partitions().prepare();
                    assertThat(database.partitions("outbox")).hasSize(6);
                });
            } finally {
                done.set(true);
            }
            relaying.get();
            for (var each : writing) {
                each.get();
            }
        }
        relay.pass(null);

        assertThat(read).hasSize((int) database.count("outbox"));
        assertThat(database.count("outbox_default")).isZero();
    }

    private static void repeat(AtomicBoolean done, Runnable work) {
        while (!done.get()) {
            work.run();
        }
    }

    /** Publishes an event. An insert fails while its partition is being attached, about once a day. */
    private void publishUnlessRefused(UUID id) {
        try {
            database.publish(id);
        } catch (DataIntegrityViolationException e) {
            refused.incrementAndGet();
        }
    }
}
