package dev.orderflow.eventing.outbox;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty outbox in a separate database. */
public class OutboxDatabase implements AutoCloseable {

    public static final String TOPIC = "outbox-test";

    public final HikariDataSource dataSource;
    public final JdbcTemplate template;
    public final JdbcClient jdbc;
    public final TransactionTemplate transaction;
    public final Writer outbox;

    public OutboxDatabase() {
        this(TestInfrastructure.get().createDatabase("outbox"), Duration.ofSeconds(3));
    }

    /** @param patience how long to wait for a connection */
    public OutboxDatabase(Database database, Duration patience) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(24);
        config.setConnectionTimeout(patience.toMillis());
        dataSource = new HikariDataSource(config);
        EventingTables.create(dataSource);
        template = new JdbcTemplate(dataSource);
        jdbc = EventingTables.client(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        outbox = new Writer(template);
    }

    public static Row row(String key, String payload) {
        return row(TOPIC, key, payload);
    }

    public static Row row(String topic, String key, @Nullable String payload) {
        return new Row(
                Generators.timeBasedEpochGenerator().generate(),
                topic,
                key,
                "test.happened.v1",
                Instant.now(),
                false,
                StoredHeaders.write(CloudEventHeaders.contextOf(Instant.now(), key, null, null, null)),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
    }

    public void commit(Row... rows) {
        transaction.executeWithoutResult(status -> outbox.write(List.of(rows)));
    }

    @Override
    public void close() {
        dataSource.close();
    }

    /** A row to be written. */
    public record Row(
            UUID eventId,
            String topic,
            String key,
            String type,
            Instant time,
            boolean forwarded,
            byte[] headers,
            byte @Nullable [] payload) {

        public int bucket() {
            return Buckets.of(topic, key);
        }

        private NewOutboxRow toWrite() {
            return new NewOutboxRow(eventId, topic, key, type, time, forwarded, headers, payload);
        }
    }

    /** Writes to the outbox in the current transaction. */
    public static final class Writer {

        private final Outbox outbox;

        public Writer(JdbcOperations jdbc) {
            outbox = new Outbox(jdbc);
        }

        public void write(List<Row> rows) {
            outbox.write(rows.stream().map(Row::toWrite).toList());
        }
    }
}
