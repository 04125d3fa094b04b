package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxIT {

    private static OutboxDatabase database;

    @BeforeAll
    static void open() {
        database = new OutboxDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.template.execute("TRUNCATE outbox, outbox_sequence");
    }

    @Test
    void eventsOfOneTransactionAreNumberedByKeyInTheirOrder() {
        database.commit(row("b", "b1"));
        database.commit(row("b", "b2"), row("a", "a1"), row("b", "b3"), row("c", "c1"), row("a", "a2"));
        database.commit(row("c", "c2"), row("a", "a3"));

        assertThat(written("a")).containsExactly("1 a1", "2 a2", "3 a3");
        assertThat(written("b")).containsExactly("1 b1", "2 b2", "3 b3");
        assertThat(written("c")).containsExactly("1 c1", "2 c2");
    }

    @Test
    void aKeyOfTwoTopicsIsTwoStreams() {
        database.commit(row("orders", "a", "first"), row("stock", "a", "other"), row("orders", "a", "second"));

        assertThat(written("a")).containsExactly("1 first", "1 other", "2 second");
    }

    @Test
    void anEventWithoutContentIsWrittenBesideOthers() {
        database.commit(row("orders", "a", null), row("orders", "a", "second"));

        assertThat(database.jdbc
                        .sql("SELECT sequence FROM outbox WHERE payload IS NULL")
                        .query(Long.class)
                        .list())
                .containsExactly(1L);
        assertThat(written("a")).containsExactly("2 second");
    }

    @Test
    void onePlanServesFewEventsAndMany() {
        database.transaction.executeWithoutResult(status -> {
            database.template.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            for (var round = 0; round < 10; round++) {
                database.outbox.write(List.of(row("a", "a"), row("b", "b")));
            }
            database.outbox.write(IntStream.range(0, 1_000)
                    .mapToObj(i -> row(i % 2 == 0 ? "a" : "key-" + i, "" + i))
                    .toList());
        });

        assertThat(sequences("a"))
                .isEqualTo(LongStream.rangeClosed(1, 510).boxed().toList());
        assertThat(sequences("key-999")).containsExactly(1L);
    }

    @Test
    void rowsKeepTheOrderInWhichTheyWereWritten() {
        var keys = IntStream.range(0, 500)
                .map(i -> 499 - i)
                .mapToObj(i -> "key-" + i)
                .toList();

        database.commit(keys.stream().map(key -> row(key, key)).toArray(Row[]::new));

        assertThat(database.jdbc
                        .sql("SELECT key FROM outbox ORDER BY id")
                        .query(String.class)
                        .list())
                .isEqualTo(keys);
    }

    @Test
    void transactionsThatWriteTheSameKeysInAnyOrderDoNotDeadlock() throws Exception {
        var keys = IntStream.range(0, 20).mapToObj(i -> "key-" + i).toList();
        try (var writers = Executors.newFixedThreadPool(8)) {
            var written = IntStream.range(0, 200)
                    .mapToObj(i -> writers.submit(() -> database.commit(shuffled(keys, i))))
                    .toList();
            for (Future<?> each : written) {
                each.get();
            }
        }

        keys.forEach(key -> assertThat(sequences(key))
                .isEqualTo(IntStream.rangeClosed(1, 200).mapToObj(Long::valueOf).toList()));
    }

    private static Row[] shuffled(List<String> keys, int seed) {
        var copy = new ArrayList<>(keys);
        Collections.shuffle(copy, new Random(seed));
        return copy.stream().map(key -> row(key, key)).toArray(Row[]::new);
    }

    /** Number and payload of each event of the key, by row id. */
    private static List<String> written(String key) {
        return database.jdbc
                .sql(
                        "SELECT sequence || ' ' || convert_from(payload, 'UTF8') FROM outbox WHERE key = :key AND payload IS NOT NULL ORDER BY id")
                .param("key", key)
                .query(String.class)
                .list();
    }

    private static List<Long> sequences(String key) {
        return database.jdbc
                .sql("SELECT sequence FROM outbox WHERE key = :key ORDER BY id")
                .param("key", key)
                .query(Long.class)
                .list();
    }
}
