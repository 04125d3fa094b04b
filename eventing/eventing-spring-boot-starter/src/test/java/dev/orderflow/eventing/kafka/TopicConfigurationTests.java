package dev.orderflow.eventing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.settings.EventingProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TopicConfigurationTests {

    private final TopicConfiguration configuration =
            new TopicConfiguration(new Binder(new MapConfigurationPropertySource(Map.of(
                            "eventing.group", "shop",
                            "eventing.topics.permanent", "erasures, deletions",
                            "eventing.topics.compacted", "rules")))
                    .bindOrCreate("eventing", EventingProperties.class));

    @ParameterizedTest
    @CsvSource({
        "order-events, 604800000",
        "shop.retry-1, 604800000",
        "shop.dlt, 2592000000",
        "erasures, -1",
        "deletions, -1",
    })
    void aTopicKeepsItsEventsAsLongAsConfigured(String topic, String retention) {
        assertThat(configuration.of(topic)).containsEntry("retention.ms", retention);
    }

    @Test
    void aCompactedTopicKeepsTheLatestEventOfEachKey() {
        assertThat(configuration.of("rules"))
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
    }
}
