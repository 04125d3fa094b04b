package dev.orderflow.hub.query;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.eventing.TenantRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Reads events of one tenant, within bounds of time and bytes. */
@Component
public class EventQueries {

    /** Code of the refusal of a query that takes too long. */
    public static final String TOO_EXPENSIVE = "query_too_expensive";

    /** SQLSTATE of a statement that was ended, as by its time-out. */
    private static final String CANCELED = "57014";

    /** SQLSTATE of an undefined variable, and of invalid data. */
    private static final Pattern PATH_FAILURE = Pattern.compile("42704|22...");

    private static final int ROWS_AT_ONCE = 20;

    private static final String LIMIT_TIME = "SELECT set_config('statement_timeout', :millis, true)";

    private static final String IS_PATH = "SELECT pg_input_is_valid(:path, 'jsonpath')";

    /** Served by event_key, event_flow, event_type or event_time of each day, read backwards. */
    private static final String NEWEST = "SELECT " + EventView.COLUMNS + " FROM event WHERE %s" + """
             AND (record_time, position) < (:time, :position)
             ORDER BY record_time DESC, position DESC LIMIT :limit
            """;

    /** Served by event_position_order of each day, or by the index of the narrowest condition. */
    private static final String AFTER = "SELECT " + EventView.COLUMNS + " FROM event WHERE %s" + """
             AND position > :after AND position <= :upTo ORDER BY position LIMIT :limit
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final QueryProperties properties;

    EventQueries(JdbcClient jdbc, TransactionOperations transactions, QueryProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
    }

    /**
     * Events in order, until a bound was reached.
     *
     * @param isComplete whether there are no further ones
     */
    public record Found(List<EventView> events, boolean isComplete) {}

    /** @throws Refusal if the path is malformed, or the query takes too long */
    EventPage page(EventFilter filter, EventCursor after, int limit) {
        var conditions = filter.conditions();
        var found = ofValidPath(
                filter.path(),
                () -> inTime(filter.tenant(), () -> {
                    if (filter.path() != null) {
                        requirePath(filter.path());
                    }
                    return jdbc.sql(String.format(Locale.ROOT, NEWEST, conditions.sql()))
                            .withFetchSize(ROWS_AT_ONCE)
                            .params(conditions.parameters())
                            .param("time", after.recordTime().atOffset(ZoneOffset.UTC))
                            .param("position", after.position())
                            .param("limit", limit + 1)
                            .query((ResultSetExtractor<Found>) rows -> read(rows, limit));
                }));
        if (found.isComplete()) {
            return new EventPage(found.events(), null);
        }
        var last = found.events().getLast();
        return new EventPage(found.events(), new EventCursor(last.recordTime(), last.position()).encode());
    }

    /**
     * Reads the oldest events after a position.
     *
     * @param upTo last position that is read
     * @throws Refusal if the query takes too long
     */
    public Found after(EventFilter filter, long after, long upTo, int limit) {
        var conditions = filter.conditions();
        return inTime(
                filter.tenant(),
                () -> jdbc.sql(String.format(Locale.ROOT, AFTER, conditions.sql()))
                        .withFetchSize(ROWS_AT_ONCE)
                        .params(conditions.parameters())
                        .param("after", after)
                        .param("upTo", upTo)
                        .param("limit", limit + 1)
                        .query((ResultSetExtractor<Found>) rows -> read(rows, limit)));
    }

    /**
     * Runs a query in a transaction that sees the rows of one tenant.
     *
     * @throws Refusal if a statement takes too long
     */
    public <T> T inTime(String tenant, Supplier<T> query) {
        try {
            return TenantRows.of(tenant)
                    .call(() -> Objects.requireNonNull(transactions.execute(status -> {
                        jdbc.sql(LIMIT_TIME)
                                .param(
                                        "millis",
                                        Long.toString(properties.timeout().toMillis()))
                                .query(String.class)
                                .single();
                        return query.get();
                    })));
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
                    && CANCELED.equals(cause.getSQLState())) {
                throw Refusal.unacceptable(
                        TOO_EXPENSIVE,
                        "The query takes longer than " + properties.timeout().toMillis()
                                + " ms. Narrow it by key, correlationId, type or time.");
            }
            throw e;
        }
    }

    private void requirePath(String path) {
        if (!jdbc.sql(IS_PATH).param("path", path).query(Boolean.class).single()) {
            throw invalidPath();
        }
    }

    /** Runs a query, some of whose paths fail only when they are applied to an event, such as those with variables. */
    private static <T> T ofValidPath(@Nullable String path, Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            if (path != null
                    && NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
                    && cause.getSQLState() != null
                    && PATH_FAILURE.matcher(cause.getSQLState()).matches()) {
                throw invalidPath();
            }
            throw e;
        }
    }

    private static Refusal invalidPath() {
        return Refusal.invalid(
                "invalid_path",
                "The path is no JSON path of SQL, such as $.total.amount == \"15.30\".",
                new Violation("path", "must be a JSON path"));
    }

    private Found read(ResultSet rows, int limit) throws SQLException {
        var events = new ArrayList<EventView>();
        var bytes = 0L;
        while (rows.next()) {
            if (events.size() == limit || bytes >= properties.largestPage().toBytes()) {
                return new Found(events, false);
            }
            var event = EventView.read(rows);
            bytes += event.size();
            events.add(event);
        }
        return new Found(events, true);
    }
}
