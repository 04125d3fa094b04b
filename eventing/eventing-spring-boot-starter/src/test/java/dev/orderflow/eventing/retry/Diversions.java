package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.outbox.RecordForwarder;
import dev.orderflow.eventing.settings.EventingProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Creates diversions for tests of other packages. */
public final class Diversions {

    private Diversions() {}

    /** Creates a diversion with one retry, after a second. */
    public static Diversion withOneRetry(
            JdbcClient jdbc, RetryTopics topics, RecordForwarder forwarder, DeadLetterBook letters) {
        var schedule = new EventingProperties.Retry.Schedule(1, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0);
        return of(schedule, jdbc, topics, forwarder, letters, Clock.systemUTC());
    }

    public static Diversion of(
            EventingProperties.Retry.Schedule schedule,
            JdbcClient jdbc,
            RetryTopics topics,
            RecordForwarder forwarder,
            DeadLetterBook letters,
            Clock clock) {
        var policy = new RetryPolicy(RetryPolicy.Schedule.of(schedule), Map.of(), Set.of());
        return new Diversion(jdbc, policy, topics, forwarder, letters, clock);
    }
}
