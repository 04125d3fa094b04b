package dev.orderflow.edge.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Distinguishes failures that pass by themselves, because the database was away or too busy, from those that do not.
 * Spring's types alone are not enough: when a connection breaks while a transaction ends, all that is said is that it
 * could not be committed or rolled back.
 */
final class Outages {

    /** Connection exception, insufficient resources, operator intervention. */
    private static final List<String> SQL_STATE_CLASSES = List.of("08", "53", "57");

    private Outages() {}

    static boolean isOutage(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(Outages::says);
    }

    private static boolean says(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException _, TransientDataAccessException _ -> true;
            case CannotCreateTransactionException _ -> true;
            // A pool or driver that finds a connection closed gives no state: the database did not speak.
            case SQLException e ->
                e.getSQLState() == null || SQL_STATE_CLASSES.stream().anyMatch(e.getSQLState()::startsWith);
            default -> false;
        };
    }
}
