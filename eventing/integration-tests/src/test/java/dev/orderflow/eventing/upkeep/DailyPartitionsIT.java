package dev.orderflow.eventing.upkeep;

import static dev.orderflow.eventing.upkeep.UpkeepDatabase.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Partitions are there before their days begin, whatever is in the tables. */
class DailyPartitionsIT extends MaintainedDatabase {

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

    @Test
    void whatIsLockedIsLeftForLaterAndTheRestGoesOn() {
        var preparing = database.transaction.execute(status -> {
            database.jdbc.sql("LOCK TABLE outbox_default IN ACCESS SHARE MODE").update();
            var prepared = CompletableFuture.runAsync(() -> partitions().prepare());
            await().until(() -> failures.get() > 0 || prepared.isDone());
            return prepared;
        });

        assertThat(preparing).as("upkeep that a lock has delayed").succeedsWithin(Duration.ofSeconds(30));
        assertThat(failures.get()).isPositive();
        assertThat(database.partitions("outbox")).doesNotContain(name("outbox", today));
        assertThat(database.partitions("inbox")).contains(name("inbox", today.plusDays(4)));

        partitions().prepare();
        assertThat(database.partitions("outbox")).contains(name("outbox", today.plusDays(4)));
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
}
