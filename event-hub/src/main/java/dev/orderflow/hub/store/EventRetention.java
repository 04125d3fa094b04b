package dev.orderflow.hub.store;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Creates partitions ahead, and deletes old events: whole days once the longest retention is over, and before that single types whose
 * retention is shorter. Events of the default partition, whose times are wrong, are old by the time at which they were stored.
 * {@link RetentionClock} decides what is old, so a database clock that is wrong for a while deletes nothing.
 */
@Component
class EventRetention implements PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);

    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** Longest deletion of single events per run; the next run continues. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    private static final int AT_ONCE = 5_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String DAYS = """
            SELECT DISTINCT substring(child.relname FROM '[0-9]{8}$')
              FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
             WHERE inhparent IN ('event'::regclass, 'sighting'::regclass) AND child.relname ~ '_[0-9]{8}$'
             ORDER BY 1
            """;

    private static final String DROP = "SELECT drop_day(:day)";

    /** Also deletes the identities, in one statement: an identity without its event would keep the event from being stored. */
    private static final String DELETE = """
            WITH old AS (
                SELECT event_id, source_key, record_time FROM %s LIMIT :limit
            ), forgotten AS (
                DELETE FROM event_identity USING old
                 WHERE event_identity.event_id = old.event_id AND event_identity.source_key = old.source_key
            ), unseen AS (
                DELETE FROM sighting USING old
                 WHERE sighting.event_id = old.event_id AND sighting.source_key = old.source_key
            )
            DELETE FROM event USING old
             WHERE event.event_id = old.event_id AND event.source_key = old.source_key AND event.record_time = old.record_time
            """;

    /** Reads the days before the time only; not served by an index, since types span tenants. */
    private static final String OF_TYPE =
            String.format(Locale.ROOT, DELETE, "event WHERE type = :type AND record_time < :time");

    private static final String OF_DEFAULT =
            String.format(Locale.ROOT, DELETE, "event_default WHERE stored_at < :time");

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final EventDays days;
    private final RetentionClock clock;
    private final RetentionProperties properties;
    private final Counter expired;

    EventRetention(
            JdbcClient jdbc,
            TransactionOperations transactions,
            EventDays days,
            RetentionClock clock,
            RetentionProperties properties,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.days = days;
        this.clock = clock;
        this.properties = properties;
        this.expired = meters.counter("hub.events.expired");
    }

    @Override
    public String name() {
        return "event-retention";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        days.prepareAhead();
        clock.cutOff(properties.longest()).ifPresent(time -> {
            dropDaysBefore(time);
            deleteAll(jdbc.sql(OF_DEFAULT).param("time", time.atOffset(ZoneOffset.UTC)));
        });
        properties
                .types()
                .forEach((type, retention) -> clock.cutOff(retention).ifPresent(time -> deleteOfType(type, time)));
        if (properties.events().compareTo(properties.longest()) < 0) {
            clock.cutOff(properties.events()).ifPresent(this::deleteOfOtherTypes);
        }
    }

    private void dropDaysBefore(Instant time) {
        var end = LocalDate.ofInstant(time, ZoneOffset.UTC);
        for (var name : jdbc.sql(DAYS).query(String.class).list()) {
            var day = LocalDate.parse(name, DAY);
            if (day.isBefore(end)) {
                var dropped = Objects.requireNonNull(transactions.execute(status ->
                        jdbc.sql(DROP).param("day", day).query(Long.class).single()));
                days.forget(day);
                expired.increment(dropped);
                LOG.info("partition=dropped day={} events={}", day, dropped);
            }
        }
    }

    private void deleteOfType(String type, Instant time) {
        deleteAll(jdbc.sql(OF_TYPE).param("type", IndexedText.of(type)).param("time", startOfDay(time)));
    }

    /** Deletes the types without a retention of their own while some have a longer one. */
    private void deleteOfOtherTypes(Instant time) {
        var named = properties.types().keySet().stream().map(IndexedText::of).toArray(String[]::new);
        deleteAll(jdbc.sql(String.format(
                        Locale.ROOT, DELETE, "event WHERE type <> ALL (:types::text[]) AND record_time < :time"))
                .param("types", named)
                .param("time", startOfDay(time)));
    }

    private static Object startOfDay(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private void deleteAll(JdbcClient.StatementSpec delete) {
        var limited = delete.param("limit", AT_ONCE);
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        int chunk;
        do {
            chunk = Objects.requireNonNull(transactions.execute(status -> limited.update()));
            expired.increment(chunk);
        } while (chunk > 0 && System.nanoTime() - end < 0);
    }
}
