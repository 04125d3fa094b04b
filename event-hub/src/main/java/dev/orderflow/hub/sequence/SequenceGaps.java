package dev.orderflow.hub.sequence;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Confirms gaps that are older than the delay, and forgets those that were filled. The metrics {@code hub.sequence.gaps} and
 * {@code hub.sequence.regressions} are numbers of stored rows, so that a kill loses none, and each instance shows the same.
 */
@Component
class SequenceGaps implements PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceGaps.class);

    /** Missing events that are looked for per gap; a longer gap is certainly not filled within its delay. */
    private static final int LONGEST_FILLED = 1_000;

    /** Served by sequence_anomaly_new and event_key. */
    private static final String FORGET_FILLED = """
            DELETE FROM sequence_anomaly gap
             WHERE NOT gap.confirmed AND gap.kind = 'GAP' AND gap.last - gap.first < :longest
               AND (SELECT count(DISTINCT e.sequence)
                      FROM event e
                     WHERE e.tenant = gap.tenant AND e.key = gap.key AND e.source = gap.source AND e.topic = gap.topic
                       AND e.sequence BETWEEN gap.first AND gap.last) = gap.last - gap.first + 1
            """;

    /** Served by sequence_anomaly_new. */
    private static final String CONFIRM = """
            UPDATE sequence_anomaly SET confirmed = true
             WHERE NOT confirmed AND found_at <= now() - make_interval(secs => :delay)
            """;

    private static final String COUNT = """
            SELECT count(*) FILTER (WHERE kind = 'GAP') AS gaps, count(*) FILTER (WHERE kind = 'REGRESSION') AS regressions
              FROM sequence_anomaly
             WHERE confirmed
            """;

    /** Served by sequence_anomaly_age and stream_position_age. */
    private static final String FORGET_OLD = """
            WITH streams AS (DELETE FROM stream_position WHERE updated_at < :time)
            DELETE FROM sequence_anomaly WHERE found_at < :time
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RetentionClock clock;
    private final SequenceProperties properties;
    private final AtomicLong gaps;
    private final AtomicLong regressions;

    SequenceGaps(
            JdbcClient jdbc,
            TransactionOperations transactions,
            RetentionClock clock,
            SequenceProperties properties,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
        this.gaps = gauge(meters, "hub.sequence.gaps", "Gaps in sequences that are older than the delay: lost events");
        this.regressions = gauge(meters, "hub.sequence.regressions", "Other events with a sequence that was there");
    }

    private static AtomicLong gauge(MeterRegistry meters, String name, String description) {
        var value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
        return value;
    }

    @Override
    public String name() {
        return "sequence-gaps";
    }

    @Override
    public Duration period() {
        return properties.period();
    }

    @Override
    public void run() {
        var confirmed = transactions.execute(status -> confirm());
        if (confirmed != null && confirmed > 0) {
            LOG.warn("sequence=broken confirmed={} gaps={} regressions={}", confirmed, gaps.get(), regressions.get());
        }
        clock.cutOff(properties.retention())
                .ifPresent(time -> transactions.executeWithoutResult(status -> jdbc.sql(FORGET_OLD)
                        .param("time", time.atOffset(ZoneOffset.UTC))
                        .update()));
    }

    private int confirm() {
        jdbc.sql(FORGET_FILLED).param("longest", LONGEST_FILLED).update();
        var confirmed = jdbc.sql(CONFIRM)
                .param("delay", properties.delay().toMillis() / 1000.0)
                .update();
        jdbc.sql(COUNT).query(row -> {
            gaps.set(row.getLong("gaps"));
            regressions.set(row.getLong("regressions"));
        });
        return confirmed;
    }
}
