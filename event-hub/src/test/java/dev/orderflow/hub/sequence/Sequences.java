package dev.orderflow.hub.sequence;

import dev.orderflow.eventing.PeriodicTask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Parts of the package for tests of the store. */
public final class Sequences {

    /** The age from which gaps count. */
    public static final Duration DELAY = Duration.ofHours(1);

    private static final SequenceProperties PROPERTIES =
            new SequenceProperties(DELAY, Duration.ofSeconds(1), Duration.ofDays(1), Set.of("compacted-events"));

    private Sequences() {}

    public static SequenceCheck check(JdbcClient jdbc) {
        return new SequenceCheck(jdbc, PROPERTIES);
    }

    public static PeriodicTask gaps(JdbcClient jdbc, TransactionOperations transactions, MeterRegistry meters) {
        return new SequenceGaps(jdbc, transactions, retention -> Optional.empty(), PROPERTIES, meters);
    }
}
