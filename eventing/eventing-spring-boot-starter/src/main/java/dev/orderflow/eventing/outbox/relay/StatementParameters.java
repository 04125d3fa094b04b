package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.outbox.Buckets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;

/** Binds the parameters of a statement on the outbox in their order. Not thread-safe. */
final class StatementParameters {

    private final Connection connection;
    private final PreparedStatement statement;
    private int last;

    StatementParameters(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    void incarnation(Incarnation incarnation) throws SQLException {
        statement.setObject(++last, incarnation.relay());
        statement.setObject(++last, incarnation.token());
    }

    /** Binds a {@code pg_snapshot} rather than text, so that the server parses it once, not for each row. */
    void snapshot(Position position) throws SQLException {
        statement.setObject(++last, position.snapshot(), Types.OTHER);
    }

    void number(long value) throws SQLException {
        statement.setLong(++last, value);
    }

    void ids(List<Long> ids) throws SQLException {
        statement.setArray(++last, connection.createArrayOf("int8", ids.toArray()));
    }

    /** Binds two parameters: whether all buckets are meant, and their numbers. */
    void buckets(Collection<Integer> buckets) throws SQLException {
        statement.setBoolean(++last, buckets.size() == Buckets.COUNT);
        statement.setArray(++last, connection.createArrayOf("int2", buckets.toArray()));
    }

    /** Binds the parameters of one statement. */
    @FunctionalInterface
    interface Binding {

        void bind(StatementParameters parameters) throws SQLException;
    }
}
