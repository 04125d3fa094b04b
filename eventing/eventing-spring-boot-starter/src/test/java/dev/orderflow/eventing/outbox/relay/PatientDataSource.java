package dev.orderflow.eventing.outbox.relay;

import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Behaves like a transaction pooler between the relay and the database: each statement gets another physical connection to the
 * current server, and waits while there is none. No statement fails because a server was killed between two statements.
 */
final class PatientDataSource extends AbstractDataSource {

    private final Gate gate = new Gate();
    private volatile Database database;

    PatientDataSource(Database database) {
        this.database = database;
    }

    /** Gate that blocks requests for a connection while it is closed. */
    Gate gate() {
        return gate;
    }

    /** Directs new connections to another server, like a virtual address that moves. */
    void redirect(Database other) {
        database = other;
    }

    @Override
    public Connection getConnection() {
        gate.pass();
        var connection = new AtomicReference<Connection>();
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    var current = database;
                    connection.set(DriverManager.getConnection(
                            current.jdbcUrl() + "?options=-c%20synchronous_commit=off",
                            current.username(),
                            current.password()));
                    return true;
                });
        return Objects.requireNonNull(connection.get());
    }

    @Override
    public Connection getConnection(String username, String password) {
        return getConnection();
    }
}
