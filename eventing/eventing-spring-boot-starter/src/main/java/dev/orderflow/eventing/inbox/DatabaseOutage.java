package dev.orderflow.eventing.inbox;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Tells a database that is away, slow, or in which transactions got in each other's way, from an event that is bad. A commit
 * whose answer was lost counts as an outage too: it is repeated, and the inbox knows whether it had happened.
 * <p>
 * Some of these failures can also come of what a single event asks of the database: a statement that is always too slow, or
 * that always waits for a lock. {@link Suspects} tells these apart by how often they return.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL error codes</a>
 */
final class DatabaseOutage {

    /**
     * Connection exception, read-only transaction (after a failover), time limit of an idle or a whole transaction, serialization
     * failure and deadlock, insufficient resources, lock not available, operator intervention (shutdown, crash, statement
     * time-out), system error.
     */
    private static final List<String> SQL_STATES =
            List.of("08", "25006", "25P03", "25P04", "40", "53", "55P03", "57", "58");

    /**
     * Those of them that one event can bring about by itself: it writes in a read-only transaction of its own, needs too much
     * time, too many locks, memory or temporary files.
     */
    private static final List<String> PERHAPS_THE_EVENT =
            List.of("25006", "25P03", "25P04", "40", "53200", "53400", "55P03", "57014");

    /** Far more than sensible; ends the search where causes go round in a circle. */
    private static final int DEEPEST_CAUSE = 50;

    private DatabaseOutage() {}

    static boolean isCauseOf(Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof CannotCreateTransactionException
                        || cause instanceof DataAccessResourceFailureException
                        || isTimeout(cause)
                        // One without a state comes from the pool, whose connection is gone.
                        || cause instanceof SQLException sql
                                && (sql.getSQLState() == null || isOneOf(SQL_STATES, sql.getSQLState())));
    }

    /** Whether the outage may be none, but the fault of the one event that was being handled. */
    static boolean isPerhapsTheEvent(Throwable failure) {
        return anyCause(
                failure,
                cause -> isTimeout(cause)
                        || cause instanceof SQLException sql
                                && sql.getSQLState() != null
                                && isOneOf(PERHAPS_THE_EVENT, sql.getSQLState()));
    }

    /** Whether the database ended a transaction of which it had heard nothing for too long. */
    static boolean isEndOfIdleTransaction(Throwable failure) {
        return anyCause(failure, cause -> cause instanceof SQLException sql && "25P03".equals(sql.getSQLState()));
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof QueryTimeoutException || cause instanceof TransactionTimedOutException;
    }

    private static boolean isOneOf(List<String> states, String state) {
        return states.stream().anyMatch(state::startsWith);
    }

    private static boolean anyCause(Throwable failure, Predicate<Throwable> condition) {
        var depth = 0;
        for (@Nullable Throwable cause = failure; cause != null && depth < DEEPEST_CAUSE; cause = cause.getCause()) {
            if (condition.test(cause)) {
                return true;
            }
            depth++;
        }
        return false;
    }
}
