package dev.orderflow.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.hub.HubRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRetentionIT {

    private final StoreDatabase database = new StoreDatabase();
    private final Instant now = Instant.now();
    private long offset = 1;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void partitionsAreCreatedAhead() {
        database.retention(now).run();

        for (var day = 0; day <= EventDays.AHEAD; day++) {
            var name = LocalDate.now(ZoneOffset.UTC).plusDays(day).toString().replace("-", "");
            assertThat(database.count("pg_class WHERE relname IN ('event_" + name + "', 'sighting_" + name + "')"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aDayIsDroppedAfterItsRetentionWithAllThatRefersToIt() {
        store("long.v1", 20);
        store("long.v1", 5);

        database.retention(now).run();
        assertThat(events()).containsExactly("long.v1", "long.v1");
        database.retention(now.plus(15, ChronoUnit.DAYS)).run();

        assertThat(events()).containsExactly("long.v1");
        assertThat(database.count("event_identity")).isEqualTo(1);
        assertThat(database.count("sighting")).isEqualTo(1);
        assertThat(database.meters.counter("hub.events.expired").count()).isEqualTo(1);
    }

    @Test
    void aTypeMayBeKeptForLess() {
        store("short.v1", 5);
        store("long.v1", 5);
        store("short.v1", 0);

        database.retention(now).run();

        assertThat(events()).containsExactlyInAnyOrder("long.v1", "short.v1");
        assertThat(database.count("event_identity")).isEqualTo(2);
    }

    @Test
    void anEventWithAWrongClockIsOldByTheTimeOfItsStoring() {
        database.consume(List.of(HubRecord.of("order-events", "long.v1", "s", HubRecord.newKey())
                .at(Instant.EPOCH)
                .consumed(0, offset++)));

        database.retention(now).run();
        assertThat(events()).containsExactly("long.v1");
        database.retention(now.plus(31, ChronoUnit.DAYS)).run();

        assertThat(events()).isEmpty();
        assertThat(database.count("event_identity")).isZero();
        assertThat(database.count("sighting")).isZero();
    }

    @Test
    void anExpiredEventThatComesAgainIsStoredAgain() {
        var event =
                HubRecord.of("order-events", "long.v1", "s", HubRecord.newKey()).at(now.minus(20, ChronoUnit.DAYS));
        database.consume(List.of(event.consumed(0, 1)));
        database.retention(now.plus(15, ChronoUnit.DAYS)).run();
        assertThat(events()).isEmpty();

        database.consume(List.of(event.at(now).copy("g.dlt").consumed(0, 1)));

        assertThat(events()).containsExactly("long.v1");
    }

    private void store(String type, int daysAgo) {
        database.consume(List.of(HubRecord.of("order-events", type, "s", HubRecord.newKey())
                .at(now.minus(daysAgo, ChronoUnit.DAYS))
                .consumed(0, offset++)));
    }

    private List<String> events() {
        return database.owner.sql("SELECT type FROM event").query(String.class).list();
    }
}
