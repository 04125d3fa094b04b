package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.Work;
import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Maintains the partitions every ten minutes. A failure is logged and retried: partitions are created days ahead. */
class PartitionSchedule implements Work, Looping, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionSchedule.class);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final DailyPartitions partitions;
    private final Loop loop;
    private boolean prepared;

    PartitionSchedule(DailyPartitions partitions) {
        this.partitions = partitions;
        this.loop = partitions.loop();
    }

    @Override
    public synchronized void start() {
        if (!loop.isRunning()) {
            prepared = true;
            loop.start(this);
        }
    }

    @Override
    public void stop() {
        loop.end(Duration.ZERO, LONGEST_END);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public Collection<Loop> loops() {
        return List.of(loop);
    }

    /** Maintains the partitions, except in the first round: the start of the application has prepared them, and has more urgent work. */
    @Override
    public Duration round() {
        if (prepared) {
            prepared = false;
            return FIRST;
        }
        partitions.maintain();
        return PERIOD;
    }

    /** Retries after an error. Exceptions of single steps do not arrive here and end no other step ({@link DailyPartitions}). */
    @Override
    public Duration failed(Throwable e) {
        LOG.warn("partitions=failed retryIn={} cause=\"{}\"", AFTER_FAILURE, e.toString());
        return AFTER_FAILURE;
    }
}
