package dev.orderflow.eventing.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the starter.
 *
 * @param group  the consumer group, which is the service's name; unset: this application only publishes
 * @param source CloudEvents source of published events; unset: the group, or else the application's name
 */
@Validated
@ConfigurationProperties("eventing")
public record EventingProperties(
        @Nullable @Size(max = 100) @Pattern(regexp = "[A-Za-z0-9._-]+")
        String group,

        @Nullable @Size(min = 1, max = 100) String source,
        @Valid @DefaultValue Outbox outbox,
        @Valid @DefaultValue Inbox inbox,
        @Valid @DefaultValue Retry retry,
        @Valid @DefaultValue Topics topics,
        @Valid @DefaultValue Schemas schemas) {

    /**
     * Configuration of the outbox and its relay, which send events from the database to Kafka.
     *
     * @param largestPayload largest payload of an event in bytes of JSON; publishing a larger one fails
     * @param pageSize       maximum number of events read at once; fewer when they are large
     * @param lease          time after which other instances take over the buckets of a crashed instance
     * @param shortestPoll   pause after sending, doubling up to {@code longestPoll}; a commit in the same process wakes the relay
     *                       immediately
     * @param longestPoll    maximum delay until an idle relay reads the events of another instance whose signal it has missed
     * @param retention      how long sent events are kept; only whole days are deleted. After the database was moved, all kept
     *                       events are sent again, and the inbox keeps event ids longer by this time. The value must therefore be
     *                       at least as long in every service that consumes them
     */
    public record Outbox(
            @DefaultValue("900000") @Min(1_000) @Max(10_000_000)
            int largestPayload,

            @DefaultValue("5000") @Min(1) @Max(100_000) int pageSize,
            @DefaultValue("10s") Duration lease,
            @DefaultValue("10ms") Duration shortestPoll,
            @DefaultValue("500ms") Duration longestPoll,
            @DefaultValue("3d") Duration retention) {

        @AssertTrue(message = "lease must be 1s to 5m, 1ms <= shortest-poll <= longest-poll, retention at least 1d")
        boolean isConsistent() {
            return between(lease, Duration.ofSeconds(1), Duration.ofMinutes(5))
                    && between(shortestPoll, Duration.ofMillis(1), longestPoll)
                    && retention.toDays() >= 1;
        }
    }

    /**
     * Configuration of the inbox and its consumers.
     *
     * @param concurrency        members of the consumer group in this process
     * @param maxBatch           maximum number of events consumed by one transaction
     * @param maxConcurrentCalls maximum number of concurrent outbound calls
     * @param retention          minimum time for which event ids are kept; longer if the broker's configuration of a topic
     *                           allows delivery for longer
     * @param dedupWindow        time within which an event that is published again, under a new id with the same deduplication
     *                           key, is not handled again; at most {@code retention}
     * @param handlingTimeout    time limit for handling one event, 100ms to 1h; exceeding it counts as a failure. A handler that
     *                           still does not return is ended with its process
     * @param sources            sources whose events are accepted, by topic. Other events become dead letters. A topic that is not
     *                           named here accepts its owner's events, or all events if it has no owner
     */
    public record Inbox(
            @DefaultValue("1") @Min(1) @Max(64) int concurrency,
            @DefaultValue("500") @Min(1) @Max(10_000) int maxBatch,
            @DefaultValue("64") @Min(1) @Max(10_000) int maxConcurrentCalls,
            @DefaultValue("15d") Duration retention,
            @DefaultValue("1h") Duration dedupWindow,
            @DefaultValue("30s") Duration handlingTimeout,
            @DefaultValue Map<String, Set<String>> sources) {

        @AssertTrue(message = "sources must name at least one source for each topic")
        boolean isEachTopicReadable() {
            return sources.values().stream().noneMatch(Set::isEmpty);
        }

        @AssertTrue(message = "handling-timeout must be 100ms to 1h, dedup-window 1s to retention")
        boolean isConsistent() {
            return between(handlingTimeout, Duration.ofMillis(100), Duration.ofHours(1))
                    && between(dedupWindow, Duration.ofSeconds(1), retention);
        }
    }

    /**
     * Settings with which missing topics are created.
     *
     * @param partitions          number of partitions of each topic
     * @param replicationFactor   replication factor; unset: the broker's default
     * @param retention           how long Kafka can deliver events again
     * @param deadLetterRetention how long the copies of dead letters for other tools are kept, and dead letters after they were
     *                            replayed or discarded
     * @param permanent           topics that keep their events for ever, so that they can be handled again after a restore. Their
     *                            handlers must bear that: the inbox forgets the ids as if the topics had the usual retention
     * @param compacted           topics that keep the latest event of each key for ever, such as those of a {@code TopicView}
     */
    public record Topics(
            @DefaultValue("6") @Min(1) @Max(1_000) int partitions,
            @Nullable @Min(1) @Max(10) Short replicationFactor,
            @DefaultValue("7d") Duration retention,
            @DefaultValue("30d") Duration deadLetterRetention,
            @DefaultValue Set<String> permanent,
            @DefaultValue Set<String> compacted) {}

    /**
     * Location of the JSON Schemas of published events.
     *
     * @param baseUri absolute URI to which an event's type is appended, for its attribute {@code dataschema}; unset: events do not
     *                have this attribute
     */
    public record Schemas(@Nullable URI baseUri) {

        @AssertTrue(message = "base-uri must be absolute, such as https://events.example.com/schemas/")
        boolean isAbsolute() {
            return baseUri == null || baseUri.isAbsolute() && baseUri.toString().length() <= 500;
        }
    }

    @AssertTrue(
            message = "inbox.retention must be at least a day longer than topics.retention: an event that is delivered"
                    + " again after its id was deleted would take effect twice")
    boolean isInboxKeptLongerThanTopics() {
        return inbox.retention().compareTo(topics.retention().plusDays(1)) >= 0;
    }

    @AssertTrue(
            message =
                    "topics.retention must be more than twice as long as any retry.longest-delay: an event must not be"
                            + " removed from its retry topic before it is due")
    boolean isTopicKeptLongerThanRetries() {
        return topics.retention().compareTo(retry.longestWait()) > 0;
    }

    /**
     * The CloudEvents source of published events.
     *
     * @param applicationName used by an application that has set neither a source nor a group
     */
    public String sourceOr(String applicationName) {
        if (source != null) {
            return source;
        }
        return group != null ? group : applicationName;
    }

    private static boolean between(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /**
     * Retries of an event whose handling failed. Its n-th retry comes from the topic {@code <group>.retry-n}.
     *
     * @param levels       number of retries before the event becomes a dead letter; 0: without a retry
     * @param firstDelay   delay before the first retry
     * @param multiplier   factor between consecutive delays
     * @param longestDelay upper bound of each delay, before jitter
     * @param jitter       maximum random extension of a delay, as a fraction of it
     * @param lostAfter    time after which an overdue record of a retry topic counts as lost and is sent again
     * @param notRetryable exception classes that are not retried, including their subclasses
     * @param handlers     values for individual handlers, by names such as {@code StockEventHandlers.reserve}
     */
    public record Retry(
            @DefaultValue("3") @Min(0) @Max(10) int levels,
            @DefaultValue("1s") Duration firstDelay,

            @DefaultValue("10") @DecimalMin("1") @DecimalMax("1000")
            double multiplier,

            @DefaultValue("60s") Duration longestDelay,

            @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
            double jitter,

            @DefaultValue("5m") Duration lostAfter,
            @DefaultValue Set<Class<?>> notRetryable,
            @DefaultValue Map<String, Handler> handlers) {

        /** A handler's own values. Unset values are those of {@code eventing.retry}. */
        public record Handler(
                @Nullable Integer levels,
                @Nullable Duration firstDelay,
                @Nullable Double multiplier,
                @Nullable Duration longestDelay,
                @Nullable Double jitter) {}

        /** The values of one handler, or of all handlers without own values. */
        public record Schedule(
                int levels, Duration firstDelay, double multiplier, Duration longestDelay, double jitter) {}

        /** The schedule of handlers without own values. */
        public Schedule schedule() {
            return new Schedule(levels, firstDelay, multiplier, longestDelay, jitter);
        }

        /** Schedules by the handler's name, such as {@code StockEventHandlers.reserve}. */
        public Map<String, Schedule> schedulesByHandler() {
            return handlers.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, own -> schedule(own.getValue())));
        }

        /** Upper bound of the time from sending a record to a retry topic until it is due. */
        public Duration longestWait() {
            return schedulesByHandler().values().stream()
                    .map(Schedule::longestDelay)
                    .reduce(longestDelay, (one, other) -> one.compareTo(other) < 0 ? other : one)
                    .multipliedBy(2);
        }

        @AssertTrue(message = "lost-after must be 1s to 1d")
        boolean isLostInTime() {
            return lostAfter.compareTo(Duration.ofSeconds(1)) >= 0 && lostAfter.compareTo(Duration.ofDays(1)) <= 0;
        }

        @AssertTrue(
                message =
                        "levels must be 0 to 10, 1ms <= first-delay <= longest-delay, multiplier 1 to 1000, jitter 0 to 1,"
                                + " for each of handlers too")
        boolean isConsistent() {
            return isConsistent(schedule())
                    && schedulesByHandler().values().stream().allMatch(Retry::isConsistent);
        }

        private static boolean isConsistent(Schedule schedule) {
            return schedule.levels() >= 0
                    && schedule.levels() <= 10
                    && schedule.firstDelay().toMillis() >= 1
                    && schedule.firstDelay().compareTo(schedule.longestDelay()) <= 0
                    && schedule.multiplier() >= 1
                    && schedule.multiplier() <= 1000
                    && schedule.jitter() >= 0
                    && schedule.jitter() <= 1;
        }

        private Schedule schedule(Handler own) {
            return new Schedule(
                    own.levels() == null ? levels : own.levels(),
                    own.firstDelay() == null ? firstDelay : own.firstDelay(),
                    own.multiplier() == null ? multiplier : own.multiplier(),
                    own.longestDelay() == null ? longestDelay : own.longestDelay(),
                    own.jitter() == null ? jitter : own.jitter());
        }
    }
}
