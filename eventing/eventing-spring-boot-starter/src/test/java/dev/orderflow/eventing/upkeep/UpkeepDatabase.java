package dev.orderflow.eventing.upkeep;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the starter's tables, whose past can be made up. */
public class UpkeepDatabase implements AutoCloseable {

    public final HikariDataSource dataSource;
    public final JdbcClient jdbc;
    public final TransactionTemplate transaction;

    public UpkeepDatabase() {
        var database = TestInfrastructure.get().createDatabase("upkeep");
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(12);
        dataSource = new HikariDataSource(config);
        EventingTables.create(dataSource);
        jdbc = EventingTables.client(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    public LocalDate today() {
        return jdbc.sql("SELECT (now() AT TIME ZONE 'UTC')::date")
                .query(LocalDate.class)
                .single();
    }

    /** A UUIDv7 of noon that day. */
    public static UUID idOf(LocalDate day) {
        var random = Generators.timeBasedEpochGenerator().generate();
        var noon = DayPartition.firstIdOf(day).getMostSignificantBits()
                + (Duration.ofHours(12).toMillis() << 16);
        return new UUID(noon | (random.getMostSignificantBits() & 0xFFFF), random.getLeastSignificantBits());
    }

    /** Whether the id is seen for the first time. */
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

    /** As the relay does when the broker has everything. */
    public void sendAll() {
        jdbc.sql("UPDATE outbox_bucket SET cursor = pg_current_snapshot()").update();
    }

    /** The database's clock goes on by this while nothing else happens; nothing witnesses it. */
    public void clockMoves(Duration by) {
        jdbc.sql("UPDATE upkeep_mark SET at = at - CAST(? AS interval)")
                .param(by.toString())
                .update();
        jdbc.sql("UPDATE inbox SET handled_at = handled_at - CAST(? AS interval)")
                .param(by.toString())
                .update();
    }

    /** The clock goes on, with a mark every hour. */
    public void passes(Duration time, WitnessedTime witnessed) {
        for (var hour = 0; hour < time.toHours(); hour++) {
            clockMoves(Duration.ofHours(1));
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

    @Override
    public void close() {
        dataSource.close();
    }
}
