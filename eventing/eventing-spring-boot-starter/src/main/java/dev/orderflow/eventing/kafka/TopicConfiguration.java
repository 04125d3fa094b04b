package dev.orderflow.eventing.kafka;

import dev.orderflow.eventing.settings.EventingProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.TopicConfig;

/** Settings of the topics that are created. */
class TopicConfiguration {

    /** A topic's {@code retention.ms} without a limit. */
    private static final long UNLIMITED = -1;

    private final Duration retention;
    private final Duration deadLetterRetention;
    private final Set<String> permanent;
    private final Set<String> compacted;
    private final Pattern forwarding;
    private final Pattern deadLetters;

    TopicConfiguration(EventingProperties properties) {
        var group = Pattern.quote(String.valueOf(properties.group()));
        this.retention = properties.topics().retention();
        this.deadLetterRetention = properties.topics().deadLetterRetention();
        this.permanent = properties.topics().permanent();
        this.compacted = properties.topics().compacted();
        this.forwarding = Pattern.compile(group + "\\.(retry-\\d+|dlt)");
        this.deadLetters = Pattern.compile(group + "\\.dlt");
    }

    /**
     * Returns the settings by name. A retry or dead-letter topic accepts any record that was read from a topic, plus the added
     * headers.
     */
    Map<String, String> of(String topic) {
        var configuration = new HashMap<String, String>();
        if (compacted.contains(topic)) {
            configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        } else {
            configuration.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(keptMillis(topic)));
        }
        if (forwarding.matcher(topic).matches()) {
            configuration.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaClients.LARGEST_RECORD));
        }
        return configuration;
    }

    private long keptMillis(String topic) {
        if (permanent.contains(topic)) {
            return UNLIMITED;
        }
        return (deadLetters.matcher(topic).matches() ? deadLetterRetention : retention).toMillis();
    }
}
