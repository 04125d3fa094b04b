package dev.orderflow.eventing.upkeep;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.schema.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A database with the starter's tables, whose past can be set. */
public class UpkeepDatabase extends TestDatabase {

    /** Shorter than {@link WitnessedTime#LONGEST_GAP}, and a day is a multiple. */
    private static final Duration BETWEEN_MARKS = Duration.ofHours(4);

    public UpkeepDatabase() {
        super(config -> config.setMaximumPoolSize(12));
    }

    public LocalDate today() {
        return jdbc.sql("SELECT (now() AT TIME ZONE 'UTC')::date")
                .query(LocalDate.class)
                .single();
    }

    /** Creates a UUIDv7 of noon that day. */
    public static UUID idOf(LocalDate day) {
        var random = Generators.timeBasedEpochGenerator().generate();
        var noon = DayPartition.firstIdOf(day).getMostSignificantBits()
                + (Duration.ofHours(12).toMillis() << 16);
        return new UUID(noon | (random.getMostSignificantBits() & 0xFFFF), random.getLeastSignificantBits());
    }

    /** Records an id in the inbox. Returns whether it is new. */
    public boolean remember(UUID id) {
        return jdbc.sql("INSERT INTO inbox (consumer, event_id) VALUES ('test', ?) ON CONFLICT DO NOTHING")
                        .param(id)
                        .update()
                == 1;
    }

    public void publish(UUID id) {
        jdbc.sql("""
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload)
                VALUES (0, ?, 't', 'k', 'test.happened.v1', 1, now(), ''::bytea)
                """).param(id).update();
    }

    /** Moves all cursors to the end, like the relay when the broker has everything. */
    public void sendAll() {
        jdbc.sql("UPDATE outbox_bucket SET cursor = pg_current_snapshot()").update();
    }

    /** Advances the database's clock while nothing else happens, and no mark witnesses it. */
    public void clockMoves(Duration by) {
        jdbc.sql("UPDATE upkeep_mark SET at = at - CAST(? AS interval)")
                .param(by.toString())
                .update();
        jdbc.sql("UPDATE inbox SET handled_at = handled_at - CAST(? AS interval)")
                .param(by.toString())
                .update();
    }

    /** Advances the clock, with a mark every few hours. */
    public void passes(Duration time, WitnessedTime witnessed) {
        passes(time, BETWEEN_MARKS, witnessed);
    }

    /** Advances the clock, with a mark each time that {@code betweenMarks} has passed. */
    public void passes(Duration time, Duration betweenMarks, WitnessedTime witnessed) {
        for (var left = time; left.isPositive(); left = left.minus(betweenMarks)) {
            clockMoves(left.compareTo(betweenMarks) < 0 ? left : betweenMarks);
            witnessed.mark();
        }
    }

    public List<String> partitions(String table) {
        return jdbc.sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = CAST(? AS regclass)")
                .param(table)
                .query(String.class)
                .list();
    }

    public long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    public Instant now() {
        return jdbc.sql("SELECT now()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }
}
