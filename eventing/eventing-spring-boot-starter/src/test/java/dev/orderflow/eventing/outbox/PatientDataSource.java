package dev.orderflow.eventing.outbox;

import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Behaves as a transaction pooler between the relay and the database: each statement gets another physical connection, to whatever
 * server is there now, and waits while there is none. So no statement ever fails because a server was killed between two.
 */
final class PatientDataSource extends AbstractDataSource {

    private final Gate gate = new Gate();
    private volatile Database database;

    PatientDataSource(Database database) {
        this.database = database;
    }

    /** Closed, it lets whoever wants a connection stand still. */
    Gate gate() {
        return gate;
    }

    /** As a virtual address does when it moves to another server. */
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
