package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Looping.OverdueWork;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of each relay, group member and worker, by the name of its thread, and of overdue work. {@code DOWN} means that only a
 * new process helps. Only {@code state} and {@code failure} report an unavailable database or broker.
 */
class LoopsHealth implements CompositeHealthContributor {

    private static final String OVERDUE = "overdue";

    /** Long enough to record a handler that never returns for the next process, which then skips it. */
    private static final Duration OVERDUE_FOR_GOOD = Duration.ofMinutes(1);

    private final ObjectProvider<Looping> loops;
    private final ObjectProvider<OverdueWork> overdue;
    private final Duration longestStep;

    LoopsHealth(ObjectProvider<Looping> loops, ObjectProvider<OverdueWork> overdue, Duration longestStep) {
        this.loops = loops;
        this.overdue = overdue;
        this.longestStep = longestStep;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .map(Entry::contributor)
                .orElse(null);
    }

    @Override
    public Stream<Entry> stream() {
        var ofLoops = loops.orderedStream()
                .flatMap(looping -> looping.loops().stream())
                .map(loop -> loop.status())
                .map(status -> entry(status.name(), health(status)));
        return Stream.concat(ofLoops, Stream.of(entry(OVERDUE, overdue())));
    }

    private Health health(LoopStatus status) {
        var health = (status.needsRestart(longestStep) ? Health.down() : Health.up())
                .withDetail("state", status.state())
                .withDetail("secondsSinceProgress", status.sinceProgress().toSeconds());
        if (status.failure() != null) {
            health.withDetail("failure", status.failure());
        }
        return health.build();
    }

    private Health overdue() {
        var health = Health.up();
        overdue.orderedStream()
                .map(OverdueWork::overdue)
                .map(Map::entrySet)
                .flatMap(works -> works.stream())
                .forEach(work -> {
                    health.withDetail(work.getKey(), work.getValue().toSeconds());
                    if (work.getValue().compareTo(OVERDUE_FOR_GOOD) > 0) {
                        health.down();
                    }
                });
        return health.build();
    }

    private static Entry entry(String name, Health health) {
        return new Entry(name, (HealthIndicator) () -> health);
    }
}
