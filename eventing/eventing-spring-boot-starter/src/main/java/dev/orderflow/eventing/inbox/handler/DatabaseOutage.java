package dev.orderflow.eventing.inbox.handler;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Distinguishes a database that is unavailable, slow, or has conflicting transactions from a bad event. A commit whose response
 * was lost also counts as an outage: it is repeated, and the inbox shows whether it had succeeded.
 * <p>
 * A single event can also cause some of these failures, if its statement is always too slow or always waits for a lock. The inbox
 * distinguishes these cases by how often they recur.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL error codes</a>
 */
public final class DatabaseOutage {

    /**
     * Connection exception, read-only transaction (after a failover), time limit of an idle or a whole transaction, serialization
     * failure and deadlock, insufficient resources, lock not available, operator intervention (shutdown, crash, statement
     * timeout), system error.
     */
    private static final List<String> SQL_STATES =
            List.of("08", "25006", "25P03", "25P04", "40", "53", "55P03", "57", "58");

    /**
     * States that a single event can cause: it writes in its own read-only transaction, or needs too much time, too many locks,
     * or too much memory or temporary space.
     */
    private static final List<String> PERHAPS_THE_EVENT =
            List.of("25006", "25P03", "25P04", "40", "53200", "53400", "55P03", "57014");

    /** Depth far beyond any sensible chain of causes; ends the search when causes form a cycle. */
    private static final int DEEPEST_CAUSE = 50;

    private DatabaseOutage() {}

    public static boolean isCauseOf(Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof CannotCreateTransactionException
                        || cause instanceof DataAccessResourceFailureException
                        || isTimeout(cause)
                        // An exception without a state comes from the pool, which has no connection.
                        || cause instanceof SQLException sql
                                && (sql.getSQLState() == null || isOneOf(SQL_STATES, sql.getSQLState())));
    }

    /** Returns whether the failure may be caused by the one event that was handled, rather than by an outage. */
    public static boolean isPerhapsTheEvent(Throwable failure) {
        return anyCause(
                failure,
                cause -> isTimeout(cause)
                        || cause instanceof SQLException sql
                                && sql.getSQLState() != null
                                && isOneOf(PERHAPS_THE_EVENT, sql.getSQLState()));
    }

    /** Returns whether the database ended a transaction that was idle for too long. */
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
