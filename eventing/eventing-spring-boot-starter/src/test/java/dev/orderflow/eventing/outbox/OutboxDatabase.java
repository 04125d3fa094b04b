package dev.orderflow.eventing.outbox;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariConfig;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.schema.TestDatabase;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** An empty outbox in a separate database. */
public class OutboxDatabase extends TestDatabase {

    public static final String TOPIC = "outbox-test";

    public final Writer outbox = new Writer(template);

    public OutboxDatabase() {
        this(config -> {});
    }

    /** @param settings changes the pool's defaults */
    protected OutboxDatabase(Consumer<HikariConfig> settings) {
        super(config -> {
            size(config, Duration.ofSeconds(3));
            settings.accept(config);
        });
    }

    /**
     * Opens the outbox of a database, which is created there unless it exists.
     *
     * @param patience how long to wait for a connection
     */
    public OutboxDatabase(Database database, Duration patience) {
        super(database, config -> size(config, patience));
    }

    private static void size(HikariConfig config, Duration patience) {
        config.setMaximumPoolSize(24);
        config.setConnectionTimeout(patience.toMillis());
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
                StoredHeaders.write(CloudEventHeaders.contextOf(Instant.now(), key, null, EventContext.none(), null)),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
    }

    public void commit(Row... rows) {
        transaction.executeWithoutResult(status -> outbox.write(List.of(rows)));
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
