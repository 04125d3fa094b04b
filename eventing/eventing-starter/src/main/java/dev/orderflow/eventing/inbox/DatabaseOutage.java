package dev.orderflow.eventing.inbox;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a database that is away, or in which transactions got in each other's way, from an event that is bad. A commit whose
 * answer was lost counts as an outage too: it is repeated, and the inbox knows whether it had happened.
 */
final class DatabaseOutage {

    /**
     * Connection exception, serialization failure and deadlock, insufficient resources, operator intervention (shutdown,
     * crash), system error.
     */
    private static final List<String> SQL_STATES = List.of("08", "40", "53", "57P", "58");

    private DatabaseOutage() {}

    static boolean isCauseOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    /** PostgreSQL's errors have a state; one without comes from the pool, whose connection is gone. */
    private static boolean isOutage(SQLException e) {
        var state = e.getSQLState();
        return state == null || SQL_STATES.stream().anyMatch(state::startsWith);
    }
}
