package dev.orderflow.hub.store;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Creates the partitions of days. A day has one from the retention before today to two days after it, by the database's clock: a record
 * of another day has a wrong clock, and goes to the default partition. So do records of a day whose partition cannot be created at the
 * moment; they move to it when it is created.
 */
@Component
class EventDays {

    private static final Logger LOG = LoggerFactory.getLogger(EventDays.class);

    /** Days for which partitions are created ahead. */
    static final int AHEAD = 2;

    private static final String TODAY = "SELECT (now() AT TIME ZONE 'UTC')::date";

    /** Creates the partitions of a day; one of both tables, because a record has the same time in both. */
    private static final String CREATE = """
            SELECT create_day('sighting', :day) AS sighting, create_day('event', :day) AS event
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Duration longest;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    EventDays(JdbcClient jdbc, TransactionOperations transactions, RetentionProperties retention) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.longest = retention.longest();
    }

    /** Creates the missing partitions of days that may have one. */
    void prepare(Collection<LocalDate> days) {
        var missing = days.stream().filter(day -> !known.contains(day)).toList();
        if (missing.isEmpty()) {
            return;
        }
        var today = today();
        missing.stream()
                .filter(day -> !day.isBefore(today.minusDays(longest.toDays())) && !day.isAfter(today.plusDays(AHEAD)))
                .forEach(this::create);
    }

    /** Creates the partitions of the next days. */
    void prepareAhead() {
        var today = today();
        today.datesUntil(today.plusDays(AHEAD + 1)).forEach(this::create);
    }

    /** Forgets that a day has partitions, because they are dropped. */
    void forget(LocalDate day) {
        known.remove(day);
    }

    private LocalDate today() {
        return jdbc.sql(TODAY).query(LocalDate.class).single();
    }

    private void create(LocalDate day) {
        try {
            transactions.executeWithoutResult(status -> jdbc.sql(CREATE)
                    .param("day", day)
                    .query((row, number) -> row.getBoolean("event"))
                    .single());
            known.add(day);
            LOG.debug("partition=ready day={}", day);
        } catch (DataAccessException e) {
            LOG.warn("partition=none day={} cause=\"{}\"", day, e.toString());
        }
    }
}
