package dev.orderflow.eventing.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has the partitions looked after every ten minutes. A failure is logged and tried again: days are created well ahead. */
class PartitionSchedule implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionSchedule.class);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final DailyPartitions partitions;
    private @Nullable ScheduledExecutorService executor;

    PartitionSchedule(DailyPartitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public synchronized void start() {
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("partitions").factory());
        executor.scheduleWithFixedDelay(this::maintain, FIRST.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    /** What is thrown would end the schedule. */
    private void maintain() {
        try {
            partitions.maintain();
        } catch (RuntimeException | Error e) {
            LOG.warn("partitions=failed retryIn={} cause=\"{}\"", PERIOD, e.toString());
        }
    }
}
