package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maintains the partitions every ten minutes. A failure is logged and retried: partitions are created days ahead. */
class PartitionSchedule extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionSchedule.class);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final DailyPartitions partitions;
    private boolean prepared;

    PartitionSchedule(DailyPartitions partitions) {
        super(partitions.loop(), Duration.ZERO, LONGEST_END);
        this.partitions = partitions;
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            prepared = true;
            super.start();
        }
    }

    /** Maintains the partitions. The first round only waits, because start-up has prepared them and has more urgent work. */
    @Override
    public Duration round() {
        if (prepared) {
            prepared = false;
            return FIRST;
        }
        partitions.maintain();
        return PERIOD;
    }

    /**
     * Retries after an error. {@link DailyPartitions} handles exceptions of single steps, which do not affect the other steps.
     */
    @Override
    public Duration failed(Throwable e) {
        LOG.warn("partitions=failed retryIn={} cause=\"{}\"", AFTER_FAILURE, e.toString());
        return AFTER_FAILURE;
    }
}
