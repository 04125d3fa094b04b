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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty outbox in a database of its own. */
class OutboxDatabase implements AutoCloseable {

    static final String TOPIC = "outbox-test";

    final HikariDataSource dataSource;
    final JdbcTemplate template;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final Outbox outbox;

    OutboxDatabase() {
        this(TestInfrastructure.get().createDatabase("outbox"), Duration.ofSeconds(3));
    }

    /** @param patience how long to wait for a connection */
    OutboxDatabase(Database database, Duration patience) {
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
        outbox = new Outbox(template);
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

    @Override
    public void close() {
        dataSource.close();
    }
}
