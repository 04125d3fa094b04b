package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class OutboxReaderIT {

    private static final Set<Integer> ALL =
            IntStream.range(0, Buckets.COUNT).boxed().collect(Collectors.toUnmodifiableSet());
    private static OutboxDatabase database;
    private static Incarnation incarnation;

    private final OutboxReader reader = new OutboxReader(database.template, "test");

    @BeforeAll
    static void openDatabase() {
        database = new OutboxDatabase();
        incarnation = Incarnations.begin(database.template);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void aTransactionThatCommitsLateIsReadWhenItCommitsAndNothingElseTwice() throws Exception {
        var before = position();
        try (var connection = database.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, "late");
            database.commit(row("early", "1"));
            var whileOpen = position();
            assertThat(keys(before, whileOpen)).containsExactly("early");

            database.commit(row("meanwhile", "1"));
            connection.commit();
            var afterwards = position();
            assertThat(keys(whileOpen, afterwards)).containsExactlyInAnyOrder("late", "meanwhile");
            assertThat(keys(afterwards, position())).isEmpty();
        }
    }

    /** A position beyond these ids would skip the rows that draw them next. */
    @Test
    void aPositionIsNeverBeyondTheIdsThatHaveBeenDrawn() {
        var enough = new AtomicBoolean();
        try (var threads = Executors.newSingleThreadExecutor()) {
            threads.execute(() -> {
                while (!enough.get()) {
                    database.template.execute("SELECT max(nextval('outbox_id_seq')) FROM generate_series(1, 10000)");
                }
            });
            try {
                var earlier = 0L;
                for (var number = 0; number < 20_000; number++) {
                    var position = position().lastId();
                    assertThat(position).isGreaterThanOrEqualTo(earlier);
                    earlier = position;
                }
            } finally {
                enough.set(true);
            }
        }
    }

    /** The relay then begins again at the stored positions. */
    @Test
    void aConnectionThatDiesWhileAPageIsReadAheadFailsTheNextPageAndNothingHangs() throws Exception {
        var before = position();
        database.commit(IntStream.range(0, 30)
                .mapToObj(number -> row("ahead", "" + number))
                .toArray(Row[]::new));
        try (var blocking = database.dataSource.getConnection()) {
            blocking.setAutoCommit(false);
            var stopped = new OutboxReader(database.template, "test") {
                private int pages;

                @Override
                OutboxPage fresh(Difference difference, long after, int limit) {
                    if (++pages == 2) {
                        lockOutbox(blocking);
                    }
                    return super.fresh(difference, after, limit);
                }
            };
            try (var pages = stopped.pages(new OutboxReader.Difference(before, position(), ALL), new PageSize(10))) {
                assertThat(pages.next()).hasSize(10);
                await().until(OutboxReaderIT::killWhoWaitsForALock, killed -> killed == 1);

                assertThatThrownBy(pages::next).isInstanceOf(DataAccessException.class);
            }
            blocking.rollback();
        }
    }

    private static void lockOutbox(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int killWhoWaitsForALock() {
        return database.jdbc.sql("""
                        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
                        FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).query(Integer.class).single();
    }

    /** Each transaction has more rows than a page, and all its ids had been drawn before the earlier position. */
    @Test
    void severalLateTransactionsAreReadPageByPageInTheOrderOfTheirIds() throws Exception {
        try (var one = database.dataSource.getConnection();
                var other = database.dataSource.getConnection()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            for (var number = 0; number < 40; number++) {
                insert(one, "one " + number);
                insert(other, "other " + number);
            }
            var whileOpen = position();
            one.commit();
            other.commit();

            var rows = readAll(whileOpen, position(), 7);
            assertThat(rows).hasSize(80).extracting(OutboxRow::id).isSorted().doesNotHaveDuplicates();
        }
    }

    /** The transaction's id is not below the snapshot's xmax, although it had begun and drawn row ids. */
    @Test
    void aTransactionThatWasTheLastOneToBeginIsReadWhenItCommits() {
        var before = database.transaction.execute(status -> {
            database.outbox.write(List.of(row("last to begin", "1")));
            var whileOpen = positionSeenByOthers();
            assertThat(keys(whileOpen, whileOpen)).isEmpty();
            return whileOpen;
        });
        assertThat(keys(before, position())).containsExactly("last to begin");
    }

    @Test
    void theSamePairOfSnapshotsGivesTheSameRowsWhateverWasCommittedSince() {
        var from = position();
        database.commit(row("a", "1"), row("b", "1"));
        var to = position();
        database.commit(row("c", "1"));

        assertThat(keys(from, to)).containsExactly("a", "b");
        assertThat(keys(from, to)).containsExactly("a", "b");
    }

    /**
     * Many writers with few keys, transactions of random length of which some roll back, and a reader that moves its cursor
     * in random steps: every committed row is read exactly once, and per key in the order of commits.
     */
    @Test
    void everyCommittedRowIsReadOnceAndPerKeyInTheOrderOfCommits() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var committed = new AtomicInteger();
        var seen = new ArrayList<OutboxRow>();
        var cursor = position();
        try (var writers = Executors.newFixedThreadPool(12)) {
            for (var writer = 0; writer < 12; writer++) {
                var own = new Random(seed + writer);
                writers.submit(() -> write(own, committed));
            }
            writers.shutdown();
            var done = false;
            while (!done) {
                done = writers.awaitTermination(random.nextInt(20), TimeUnit.MILLISECONDS);
                var next = position();
                seen.addAll(readAll(cursor, next, 1 + random.nextInt(50)));
                cursor = next;
            }
        }

        assertThat(seen).as("seed %d", seed).hasSize(committed.get());
        assertThat(seen).extracting(OutboxRow::id).doesNotHaveDuplicates();
        assertThat(seen.stream().collect(Collectors.groupingBy(OutboxReaderIT::key)))
                .as("seed %d", seed)
                .allSatisfy((key, rows) -> assertThat(rows)
                        .extracting(OutboxReaderIT::sequence)
                        .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, rows.size())
                                .boxed()
                                .toList()));
    }

    private void write(Random random, AtomicInteger committed) {
        for (var number = 0; number < 60; number++) {
            var rows = IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(index -> row("random-" + random.nextInt(6), "x"))
                    .toList();
            var commits = random.nextInt(5) > 0;
            database.transaction.executeWithoutResult(status -> {
                if (random.nextBoolean()) {
                    database.template.execute("SELECT pg_current_xact_id()");
                }
                pause(random.nextDouble() / 200);
                database.outbox.write(rows);
                pause(random.nextDouble() / 200);
                if (!commits) {
                    status.setRollbackOnly();
                }
            });
            if (commits) {
                committed.addAndGet(rows.size());
            }
        }
    }

    private static void insert(Connection connection, String key) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload)
                VALUES (0, uuidv7(), 't', ?, 'test.happened.v1', 1, now(), ''::bytea)
                """)) {
            statement.setString(1, key);
            statement.executeUpdate();
        }
    }

    private void pause(double seconds) {
        database.template.execute("SELECT pg_sleep(" + seconds + ")");
    }

    private List<String> keys(Position from, Position to) {
        return readAll(from, to, 1).stream().map(OutboxReaderIT::key).toList();
    }

    /** Takes a position outside of the calling thread's transaction. */
    private Position positionSeenByOthers() {
        return CompletableFuture.supplyAsync(this::position).join();
    }

    private Position position() {
        return reader.position(incarnation);
    }

    private static String key(OutboxRow row) {
        return new String(row.key(), UTF_8);
    }

    private static long sequence(OutboxRow row) {
        return CloudEventHeaders.read(new RecordHeaders(row.headers())).sequence();
    }

    private List<OutboxRow> readAll(Position from, Position to, int pageSize) {
        return AllPages.of(reader, new OutboxReader.Difference(from, to, ALL), pageSize);
    }
}
