package dev.orderflow.eventing.view;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the topics of all views, each on a thread of its own. Starts before the web server, and waits a moment for the views to
 * become complete: an ordinary start then serves no request without them. While a broker is away, the application starts without
 * them, and is not ready.
 */
class TopicViews implements Looping, SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(TopicViews.class);

    /** Precedes web servers, which start at {@code DEFAULT_PHASE - 2048} and later. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(2);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final List<Reading> readings;
    private volatile boolean running;

    TopicViews(Collection<? extends ViewReader<?>> readers) {
        this.readings = readers.stream()
                .<Reading>map(reader -> new Reading(reader, Loop.onPlatformThread("view-" + reader.topic())))
                .toList();
    }

    private record Reading(ViewReader<?> reader, Loop loop) {}

    @Override
    public void start() {
        running = true;
        readings.forEach(reading -> reading.loop().start(reading.reader()));
        var end = System.nanoTime() + LONGEST_START.toNanos();
        for (var reading : readings) {
            if (!reading.reader().awaitCompletion(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                LOG.warn(
                        "view=incomplete topic={} action=\"start without\"",
                        reading.reader().topic());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        Loop.endAll(loops(), LONGEST_ROUND, LONGEST_CLOSE);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public Collection<Loop> loops() {
        return readings.stream().map(Reading::loop).toList();
    }

    /** Returns whether all views are complete, with the state of each. */
    @Override
    public Health health() {
        var isComplete = readings.stream().allMatch(reading -> reading.reader().isComplete());
        var health = isComplete ? Health.up() : Health.outOfService();
        readings.forEach(reading ->
                health.withDetail(reading.reader().topic(), reading.reader().isComplete() ? "complete" : "incomplete"));
        return health.build();
    }
}
