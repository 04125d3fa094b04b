package dev.orderflow.eventing.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DailyPartitionsIT {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final DriverManagerDataSource dataSource = dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    @Test
    void daysAreCreatedAheadAndOldOnesDroppedOnceTheyAreSent() {
        EventingMigration.migrate(dataSource);
        partitionsAt(START).maintain();
        assertThat(tables("inbox")).contains("inbox_20260301", "inbox_20260305").doesNotContain("inbox_20260306");

        remember(START);
        publish(START);
        partitionsAt(START.plus(Duration.ofDays(16))).maintain();
        assertThat(tables("inbox")).doesNotContain("inbox_20260301").contains("inbox_20260302", "inbox_20260317");
        assertThat(tables("outbox")).contains("outbox_20260301").doesNotContain("outbox_20260302");

        jdbc.sql("UPDATE outbox_bucket SET cursor = pg_current_snapshot()").update();
        partitionsAt(START.plus(Duration.ofDays(16))).maintain();
        assertThat(tables("outbox")).doesNotContain("outbox_20260301");
    }

    @Test
    void daysAreAnalyzedLessOftenAndNotVacuumedForTheirInserts() {
        EventingMigration.migrate(dataSource);
        partitionsAt(START).maintain();

        var settings = jdbc.sql("SELECT DISTINCT reloptions::text FROM pg_class WHERE relname ~ '^(out|in)box_\\d{8}$'")
                .query(String.class)
                .list();
        assertThat(settings)
                .containsExactly("{autovacuum_analyze_scale_factor=0.5,autovacuum_vacuum_insert_threshold=-1}");
    }

    @Test
    void anEventOfADayWithoutAPartitionIsRememberedLikeAnyOther() {
        EventingMigration.migrate(dataSource);
        partitionsAt(START).maintain();

        remember(START.minus(Duration.ofDays(400)));
        assertThat(jdbc.sql("SELECT count(*) FROM inbox_default")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void severalInstancesMayStartAtOnce() throws Exception {
        EventingMigration.migrate(dataSource);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = threads.invokeAll(IntStream.range(0, 4)
                    .mapToObj(number ->
                            Executors.callable(() -> partitionsAt(START).maintain()))
                    .collect(Collectors.toList()));
            for (var each : all) {
                each.get();
            }
        }
        assertThat(tables("outbox")).hasSize(6);
    }

    private DailyPartitions partitionsAt(Instant now) {
        return new DailyPartitions(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                Clock.fixed(now, ZoneOffset.UTC),
                Duration.ofDays(3),
                Duration.ofDays(15));
    }

    private void remember(Instant time) {
        jdbc.sql("INSERT INTO inbox (consumer, event_id) VALUES ('test', ?)")
                .param(DailyPartitions.firstIdOf(LocalDate.ofInstant(time, ZoneOffset.UTC)))
                .update();
    }

    private void publish(Instant time) {
        jdbc.sql("""
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload)
                VALUES (0, ?, 't', 'k', 'test.happened.v1', 1, now(), ''::bytea)
                """)
                .param(DailyPartitions.firstIdOf(LocalDate.ofInstant(time, ZoneOffset.UTC)))
                .update();
    }

    private List<String> tables(String parent) {
        return jdbc.sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = CAST(? AS regclass)")
                .param(parent)
                .query(String.class)
                .list();
    }

    private static DriverManagerDataSource dataSource() {
        var database = TestInfrastructure.get().createDatabase("partitions");
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
