package dev.orderflow.eventing.upkeep;

import static dev.orderflow.eventing.upkeep.UpkeepDatabase.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows are dropped or deleted once they are old enough and nobody needs them, and not before. */
class OldRowsIT extends MaintainedDatabase {

    private static final int ROWS = Integer.getInteger("upkeep.rows", 100_000);

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

    /** The rows are those of a publisher with random ids and a clock that was ahead. */
    @Test
    void aLargeDefaultPartitionIsSearchedAndClearedInBoundedTime() {
        database.passes(INBOX.plusDays(1), witnessed);
        database.jdbc
                .sql("""
                        INSERT INTO inbox (consumer, event_id, handled_at)
                        SELECT 'test', overlay(uuidv7()::text PLACING left(:first, 13) FROM 1 FOR 13)::uuid,
                               CASE WHEN number % 10 = 0 THEN now() ELSE now() - interval '20 days' END
                        FROM generate_series(1, :rows) AS number
                        """)
                .param("rows", ROWS)
                .param("first", idOf(today.plusDays(90)).toString())
                .update();
        database.remember(idOf(today.plusDays(2)));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            partitions().maintain();
            assertThat(database.count("inbox_default")).isEqualTo(ROWS / 10);
        });

        assertThat(failures).hasValue(0);
        assertThat(database.partitions("inbox")).contains(name("inbox", today.plusDays(4)));
    }
}
