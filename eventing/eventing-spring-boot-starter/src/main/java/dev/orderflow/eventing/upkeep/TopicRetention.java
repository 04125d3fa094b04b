package dev.orderflow.eventing.upkeep;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Longest time for which topics deliver a record again, from the broker's configuration. */
class TopicRetention {

    private static final int TIMEOUT_SECONDS = 15;

    private final Map<String, Object> adminProperties;

    TopicRetention(Map<String, Object> adminProperties) {
        this.adminProperties = adminProperties;
    }

    /**
     * Redelivery time of one topic.
     *
     * @param longest time between a record's write and its last possible read; empty if unlimited
     * @param because the settings that determine it
     */
    record Redelivery(String topic, Optional<Duration> longest, String because) {

        static final Comparator<Redelivery> BY_LENGTH =
                Comparator.comparing(it -> it.longest().orElse(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    /**
     * Returns the topic with the longest redelivery time. Empty if none of the topics exists.
     *
     * @throws KafkaException when the broker does not answer, or does not report the configuration
     */
    Optional<Redelivery> longest(Collection<String> topics) {
        var resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .collect(Collectors.toSet());
        try (var admin = Admin.create(adminProperties)) {
            var options = new DescribeConfigsOptions().timeoutMs(TIMEOUT_SECONDS * 1_000);
            return admin.describeConfigs(resources, options).values().entrySet().stream()
                    .flatMap(entry -> configuration(entry.getKey().name(), entry.getValue()).stream()
                            .map(config -> of(entry.getKey().name(), config)))
                    .max(Redelivery.BY_LENGTH);
        }
    }

    private static Optional<Config> configuration(String topic, KafkaFuture<Config> answer) {
        try {
            return Optional.of(answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("cannot read the configuration of topic " + topic, e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the broker about the configuration of topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the configuration of topic " + topic, e);
        }
    }

    /**
     * Calculates a topic's redelivery time. A segment is removed when the latest timestamp in it is older than the retention. A
     * record may share its segment with records that are younger by up to segment.ms. If publishers set the timestamps, one of
     * these may also be as far ahead as the broker allows. Removal due to retention.bytes may be earlier, but does not permit
     * deleting an id earlier.
     */
    static Redelivery of(String topic, Config config) {
        var policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG).orElse(TopicConfig.CLEANUP_POLICY_DELETE);
        if (!policy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return new Redelivery(topic, Optional.empty(), TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy);
        }
        var retention = millis(config, TopicConfig.RETENTION_MS_CONFIG, Long.MAX_VALUE);
        var segment = millis(config, TopicConfig.SEGMENT_MS_CONFIG, Long.MAX_VALUE);
        var ahead = value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                        .filter("LogAppendTime"::equals)
                        .isPresent()
                ? 0
                : millis(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE);
        var because = String.format(
                Locale.ROOT,
                "%s=%d %s=%d %s=%d",
                TopicConfig.RETENTION_MS_CONFIG,
                retention,
                TopicConfig.SEGMENT_MS_CONFIG,
                segment,
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                ahead);
        return new Redelivery(topic, sum(retention, segment, ahead), because);
    }

    private static Optional<Duration> sum(long retention, long segment, long ahead) {
        try {
            return retention < 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis(Math.addExact(Math.addExact(retention, segment), ahead)))
                            .filter(sum -> sum.compareTo(Duration.ofDays(36_500)) < 0);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static long millis(Config config, String name, long otherwise) {
        return value(config, name).map(Long::parseLong).orElse(otherwise);
    }

    private static Optional<String> value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).flatMap(entry -> Optional.ofNullable(entry.value()));
    }
}
