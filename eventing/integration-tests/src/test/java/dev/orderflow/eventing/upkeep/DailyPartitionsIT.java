package dev.orderflow.eventing.upkeep;

import static dev.orderflow.eventing.upkeep.UpkeepDatabase.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.outbox.relay.SimulatedRelay;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

class DailyPartitionsIT {

    private static final Duration OUTBOX = Duration.ofDays(3);
    private static final Duration INBOX = Duration.ofDays(15);

    private final UpkeepDatabase database = new UpkeepDatabase();
    private final WitnessedTime witnessed = new WitnessedTime(database.jdbc);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final LocalDate today = database.today();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void daysAreCreatedAhead() {
        partitions().maintain();

        for (var table : List.of("outbox", "inbox")) {
            assertThat(database.partitions(table))
                    .contains(name(table, today), name(table, today.plusDays(4)))
                    .doesNotContain(name(table, today.minusDays(1)), name(table, today.plusDays(5)));
        }
    }

    @Test
    void daysAreAnalyzedLessOftenAndNotVacuumedForTheirInserts() {
        partitions().maintain();

        var settings = database.jdbc
                .sql("SELECT DISTINCT reloptions::text FROM pg_class WHERE relname ~ '^(out|in)box_\\d{8}$'")
                .query(String.class)
                .list();
        assertThat(settings)
                .containsExactly("{autovacuum_analyze_scale_factor=0.5,autovacuum_vacuum_insert_threshold=-1}");
    }

    @Test
    void aDayIsForgottenWhenAllItsIdsWereHandledLongEnoughAgo() {
        var old = today.minusDays(20);
        create("inbox", old);
        var early = idOf(old);
        database.remember(early);
        database.passes(Duration.ofDays(10), witnessed);
        var late = idOf(old);
        database.remember(late);
        database.passes(Duration.ofDays(6), witnessed);

        partitions().maintain();
        assertThat(database.partitions("inbox")).contains(name("inbox", old));
        assertThat(database.remember(early)).isFalse();

        database.passes(Duration.ofDays(10), witnessed);
        partitions().maintain();
        assertThat(database.partitions("inbox")).doesNotContain(name("inbox", old));
    }

    @Test
    void aClockThatIsWrongForgetsNothing() {
        partitions().maintain();
        var id = idOf(today);
        var absurd = UUID.randomUUID();
        database.remember(id);
        database.remember(absurd);
        database.publish(id);
        database.sendAll();

        database.clockMoves(Duration.ofDays(30));
        database.remember(idOf(today));
        for (var run = 0; run < 3; run++) {
            partitions().maintain();
        }

        assertThat(database.remember(id)).isFalse();
        assertThat(database.remember(absurd)).isFalse();
        assertThat(database.count("outbox")).isEqualTo(1);
    }

    @Test
    void anOutboxDayIsDroppedOnceAllIsSentAndOldEnough() {
        var old = today.minusDays(8);
        create("outbox", old);
        database.publish(idOf(old));
        database.passes(OUTBOX.plusDays(1), witnessed);

        partitions().maintain();
        assertThat(database.partitions("outbox")).contains(name("outbox", old));

        database.sendAll();
        database.publish(idOf(old));
        database.sendAll();
        partitions().maintain();
        assertThat(database.partitions("outbox")).contains(name("outbox", old));

        database.passes(OUTBOX.plusDays(1), witnessed);
        partitions().maintain();
        assertThat(database.partitions("outbox")).doesNotContain(name("outbox", old));
        assertThat(failures).hasValue(0);
    }

    @Test
    void anOutboxIsCompleteFromItsOldestDayOn() {
        var unsent = today.minusDays(9);
        var sent = today.minusDays(8);
        create("outbox", unsent);
        create("outbox", sent);
        database.publish(idOf(sent));
        database.sendAll();
        database.publish(idOf(unsent));
        database.passes(OUTBOX.plusDays(1), witnessed);

        partitions().maintain();
        assertThat(database.partitions("outbox")).contains(name("outbox", unsent), name("outbox", sent));

        database.sendAll();
        partitions().maintain();
        assertThat(database.partitions("outbox")).doesNotContain(name("outbox", unsent), name("outbox", sent));
    }

    @Test
    void aBucketWithoutACursorKeepsItsEvents() {
        var old = today.minusDays(8);
        create("outbox", old);
        database.publish(idOf(old));
        database.sendAll();
        database.jdbc.sql("DELETE FROM outbox_bucket").update();
        database.passes(OUTBOX.plusDays(1), witnessed);

        partitions().maintain();

        assertThat(database.count("outbox")).isEqualTo(1);
    }

    /** The cursors come from another cluster, which has other transaction ids. */
    @Test
    void aDatabaseThatWasMovedKeepsItsEventsUntilARelayHasAdoptedThem() {
        var old = today.minusDays(8);
        create("outbox", old);
        database.publish(idOf(old));
        database.publish(idOf(today.minusDays(400)));
        database.sendAll();
        database.jdbc.sql("UPDATE outbox_bucket SET cluster = 1").update();
        database.passes(OUTBOX.plusDays(1), witnessed);

        partitions().maintain();
        assertThat(database.count("outbox")).isEqualTo(2);

        database.jdbc.sql("SELECT outbox_adopt()").query(Boolean.class).single();
        database.sendAll();
        partitions().maintain();
        assertThat(database.count("outbox")).isZero();
    }

    @Test
    void rowsOfTheDefaultPartitionAreDeletedWhenTheyAreOldEnough() {
        var sent = idOf(today.minusDays(400));
        database.publish(sent);
        database.sendAll();
        database.publish(idOf(today.minusDays(400)));
        List.of(UUID.randomUUID(), new UUID(1, 1), new UUID(-1, 1), idOf(today.plusDays(300)))
                .forEach(database::remember);
        database.passes(INBOX.plusDays(1), witnessed);
        var young = List.of(UUID.randomUUID(), new UUID(2, 2), new UUID(-2, 2), idOf(today.plusDays(300)));
        young.forEach(database::remember);

        partitions().maintain();

        assertThat(database.count("inbox")).isEqualTo(4);
        assertThat(young).noneMatch(database::remember);
        assertThat(database.jdbc
                        .sql("SELECT event_id FROM outbox")
                        .query(UUID.class)
                        .list())
                .hasSize(1)
                .doesNotContain(sent);
    }

    @Test
    void absurdIdsStopNeitherUpkeepNorStart() {
        var ids = new ArrayList<UUID>();
        for (var day = -3; day <= 10; day++) {
            ids.add(idOf(today.plusDays(day)));
        }
        for (var number = 0; number < 50; number++) {
            ids.add(UUID.randomUUID());
            ids.add(Generators.timeBasedGenerator().generate());
        }
        ids.forEach(database::remember);
        ids.forEach(database::publish);

        partitions().prepare();
        partitions().maintain();

        assertThat(failures).hasValue(0);
        for (var table : List.of("outbox", "inbox")) {
            assertThat(database.partitions(table)).contains(name(table, today), name(table, today.plusDays(4)));
            assertThat(database.count(table)).isEqualTo(ids.size());
            assertThat(database.count(name(table, today.plusDays(2)))).isEqualTo(1);
        }
        assertThat(ids).noneMatch(database::remember);
    }

    @Test
    void aDayWithTooManyRowsInTheDefaultPartitionStaysThereAndOthersGoOn() {
        database.jdbc
                .sql("""
                        INSERT INTO inbox (consumer, event_id)
                        SELECT 'test', overlay(uuidv7()::text PLACING left(:first, 13) FROM 1 FOR 13)::uuid
                        FROM generate_series(1, 20001)
                        """)
                .param("first", idOf(today.plusDays(1)).toString())
                .update();

        partitions().maintain();

        assertThat(database.partitions("inbox"))
                .contains(name("inbox", today), name("inbox", today.plusDays(2)))
                .doesNotContain(name("inbox", today.plusDays(1)));
        assertThat(database.count("inbox_default")).isEqualTo(20_001);
        assertThat(failures).hasValue(0);
    }

    /** The rows are those of a publisher with random ids and a clock that was ahead. */
    @Test
    void aLargeDefaultPartitionIsSearchedAndClearedInBoundedTime() {
        database.passes(INBOX.plusDays(1), witnessed);
        database.jdbc
                .sql("""
                        INSERT INTO inbox (consumer, event_id, handled_at)
                        SELECT 'test', overlay(uuidv7()::text PLACING left(:first, 13) FROM 1 FOR 13)::uuid,
                               CASE WHEN number % 10 = 0 THEN now() ELSE now() - interval '20 days' END
                        FROM generate_series(1, 300000) AS number
                        """)
                .param("first", idOf(today.plusDays(90)).toString())
                .update();
        database.remember(idOf(today.plusDays(2)));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            partitions().maintain();
            assertThat(database.count("inbox_default")).isEqualTo(30_000);
        });

        assertThat(failures).hasValue(0);
        assertThat(database.partitions("inbox")).contains(name("inbox", today.plusDays(4)));
    }

    @Test
    void whatIsLockedIsLeftForLaterAndTheRestGoesOn() {
        database.transaction.executeWithoutResult(status -> {
            database.jdbc.sql("LOCK TABLE outbox_default IN ACCESS SHARE MODE").update();
            CompletableFuture.runAsync(() -> partitions().prepare()).join();
        });

        assertThat(failures.get()).isPositive();
        assertThat(database.partitions("outbox")).doesNotContain(name("outbox", today));
        assertThat(database.partitions("inbox")).contains(name("inbox", today.plusDays(4)));

        partitions().prepare();
        assertThat(database.partitions("outbox")).contains(name("outbox", today.plusDays(4)));
    }

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

    @Test
    void severalInstancesMayStartAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = threads.invokeAll(IntStream.range(0, 4)
                    .mapToObj(number -> Executors.callable(() -> partitions().prepare()))
                    .toList());
            for (var each : all) {
                each.get();
            }
        }
        assertThat(failures).hasValue(0);
        assertThat(database.partitions("outbox")).hasSize(6);
    }

    private DailyPartitions partitions() {
        return new DailyPartitions(
                database.jdbc,
                witnessed,
                List.of(
                        new DailyPartitions.Table(
                                new OldOutbox(table("outbox"), database.jdbc), () -> Optional.of(OUTBOX)),
                        new DailyPartitions.Table(
                                new OldInbox(table("inbox"), database.jdbc), () -> Optional.of(INBOX))),
                failures::incrementAndGet);
    }

    private void create(String table, LocalDate day) {
        table(table).create(day);
    }

    private PartitionedTable table(String name) {
        return new PartitionedTable(name, database.jdbc, database.transaction);
    }

    private static String name(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
