package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Limits the memory that the release of large events that wait in the database takes. */
class ReleaseIT {

    private static final int MEBIBYTE = 1 << 20;
    private static HikariDataSource dataSource;

    private final String group = "release-" + UUID.randomUUID();
    private final JdbcClient jdbc = EventingTables.client(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final List<String> forwarded = new ArrayList<>();
    private final Diversion diversion = new Diversion(
            jdbc,
            new RetryPolicy(
                    new RetryPolicy.Schedule(1, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0),
                    Map.of(),
                    Set.of()),
            new RetryTopics(group, 1),
            (topic, key, type, headers, payload) -> forwarded.add(key),
            new NoBook(),
            Clock.systemUTC());
    private final HoldRecovery recovery = new HoldRecovery(
            jdbc,
            diversion,
            new RetryTopics(group, 1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Clock.systemUTC());

    @BeforeAll
    static void open() {
        var database = TestInfrastructure.get().createDatabase("release");
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(database.jdbcUrl());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        EventingTables.create(dataSource);
    }

    @AfterAll
    static void close() {
        dataSource.close();
    }

    @Test
    void ofManyLargeEventsOfOneKeyAFewFollow() {
        var dead = hold("a", "DEAD", 0);
        IntStream.range(0, 20).forEach(number -> hold("a", "PARKED", MEBIBYTE));

        transaction.executeWithoutResult(
                status -> assertThat(diversion.giveUp(List.of(dead))).isEqualTo(20));

        assertThat(forwarded).hasSize(7).containsOnly("a");
        assertThat(states()).containsOnly(Map.entry("HELD", 7L), Map.entry("PARKED", 13L));
        assertThat(diversion.hasLeftBehind()).isFalse();
    }

    @Test
    void ofManyKeysEachIsReleasedThoughNotAtOnce() {
        var dead = IntStream.range(0, 20)
                .mapToObj(key -> {
                    var first = hold("k" + key, "DEAD", 0);
                    hold("k" + key, "PARKED", MEBIBYTE);
                    hold("k" + key, "PARKED", MEBIBYTE);
                    return first;
                })
                .toList();

        transaction.executeWithoutResult(
                status -> assertThat(diversion.giveUp(dead)).isEqualTo(40));
        assertThat(forwarded).hasSize(7).doesNotHaveDuplicates();
        assertThat(diversion.hasLeftBehind()).isTrue();

        assertThat(releaseLeftBehind()).isEqualTo(7);
        assertThat(releaseLeftBehind()).isEqualTo(7);
        assertThat(releaseLeftBehind()).isZero();
        assertThat(forwarded).hasSize(21);
        assertThat(forwarded.stream().distinct()).hasSize(20);
    }

    @Test
    void anEventLargerThanTheBudgetComesAlone() {
        var dead = hold("a", "DEAD", 0);
        hold("a", "PARKED", 12 * MEBIBYTE);
        hold("a", "PARKED", 1);

        transaction.executeWithoutResult(status -> diversion.giveUp(List.of(dead)));

        assertThat(forwarded).hasSize(1);
    }

    private int releaseLeftBehind() {
        return transaction.execute(status -> recovery.releaseLeftBehind(100));
    }

    private UUID hold(String key, String state, int bytes) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset, headers, payload)
                VALUES (?, ?, 'topic', ?, 'type', ?, 1, 0, now(), '[]', 0, 0, '[]', ?)
                """).params(group, id, key, state, new byte[bytes]).update();
        return id;
    }

    private Map<String, Long> states() {
        return jdbc.sql("SELECT state FROM key_hold WHERE consumer = ?").param(group).query(String.class).stream()
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    }

    private static final class NoBook implements DeadLetterBook {

        @Override
        public void died(Collection<DeadEvent> events) {
            throw new IllegalStateException("nothing dies here");
        }

        @Override
        public void tookEffect(Collection<UUID> eventIds) {
            throw new IllegalStateException("nothing takes effect here");
        }
    }
}
