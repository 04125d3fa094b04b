package dev.orderflow.edge.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Distinguishes temporary failures, such as an unavailable or overloaded database, from permanent ones. Spring's types
 * alone are not enough: when a connection breaks at the end of a transaction, they only say that the commit or rollback
 * failed.
 */
public final class Outages {

    /** Beginnings for connection exception, insufficient resources, operator intervention, and lock not available. */
    private static final List<String> SQL_STATES = List.of("08", "53", "57", "55P03");

    private Outages() {}

    /** Returns whether {@code failure} or one of its causes is temporary. Limits the chain, which may be cyclic. */
    public static boolean isOutage(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(Outages::says);
    }

    private static boolean says(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException _, TransientDataAccessException _ -> true;
            case CannotCreateTransactionException _ -> true;
            // A pool or driver that finds a connection closed gives no SQL state, because the database sent none.
            case SQLException e ->
                e.getSQLState() == null || SQL_STATES.stream().anyMatch(e.getSQLState()::startsWith);
            default -> false;
        };
    }
}
