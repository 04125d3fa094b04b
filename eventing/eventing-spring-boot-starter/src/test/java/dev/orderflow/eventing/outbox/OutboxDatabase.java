package dev.orderflow.eventing.outbox;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariConfig;
import dev.orderflow.eventing.schema.TestDatabase;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An empty outbox in a separate database. */
class OutboxDatabase extends TestDatabase {

    static final String TOPIC = "outbox-test";

    final Outbox outbox = new Outbox(template);

    OutboxDatabase() {
        this(config -> {});
    }

    /** @param settings changes the pool's defaults */
    OutboxDatabase(Consumer<HikariConfig> settings) {
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
    OutboxDatabase(Database database, Duration patience) {
        super(database, config -> size(config, patience));
    }

    private static void size(HikariConfig config, Duration patience) {
        config.setMaximumPoolSize(24);
        config.setConnectionTimeout(patience.toMillis());
    }

    static NewOutboxRow row(String key, String payload) {
        return row(TOPIC, key, payload);
    }

    static NewOutboxRow row(String topic, String key, @Nullable String payload) {
        return new NewOutboxRow(
                Generators.timeBasedEpochGenerator().generate(),
                topic,
                key,
                "test.happened.v1",
                Instant.now(),
                false,
                StoredHeaders.write(CloudEventHeaders.contextOf(Instant.now(), key, null, null, null)),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
    }

    void commit(NewOutboxRow... rows) {
        transaction.executeWithoutResult(status -> outbox.write(List.of(rows)));
    }
}
