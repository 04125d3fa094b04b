package dev.orderflow.eventing.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.orderflow.eventing.test.Alongside;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Alongside
class InboxRetentionIT {

    private static final Duration CONFIGURED = Duration.ofDays(15);
    private static final Duration OUTBOX = Duration.ofDays(3);
    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers());

    private final String topic = "retention-" + UUID.randomUUID();

    @Test
    void idsAreKeptAsConfiguredWhereTopicsForgetEarlier() throws Exception {
        create(Map.of("retention.ms", days(1), "segment.ms", days(1)));

        assertThat(retention(topic).now()).contains(CONFIGURED);
    }

    @Test
    void idsAreKeptAsLongAsATopicMayDeliverAgain() throws Exception {
        create(Map.of("retention.ms", days(40), "segment.ms", days(10), "message.timestamp.after.max.ms", days(1)));
        var retention = retention(topic);

        assertThat(retention.now())
                .contains(Duration.ofDays(40 + 10 + 1).plus(OUTBOX).plusDays(1));
        assertThat(retention.seconds()).isEqualTo(Duration.ofDays(55).toSeconds());
    }

    @Test
    void timesThatTheBrokerGivesAreNotAhead() throws Exception {
        create(Map.of("retention.ms", days(40), "segment.ms", days(10), "message.timestamp.type", "LogAppendTime"));

        assertThat(retention(topic).now())
                .contains(Duration.ofDays(40 + 10).plus(OUTBOX).plusDays(1));
    }

    @Test
    void theSettingsOfTheBrokerCountWhereATopicHasNone() throws Exception {
        create(Map.of());

        // 7 days of retention, 7 until a segment is full, an hour of times ahead.
        assertThat(retention(topic).now())
                .contains(Duration.ofDays(14).plusHours(1).plus(OUTBOX).plusDays(1));
    }

    @Test
    void whatATopicKeepsForEverIsRememberedForEver() throws Exception {
        create(Map.of("retention.ms", "-1"));
        assertThat(retention(topic).now()).isEmpty();
        assertThat(retention(topic).seconds()).isInfinite();
    }

    @Test
    void aCompactedTopicKeepsForEver() throws Exception {
        create(Map.of("cleanup.policy", "compact"));
        assertThat(retention(topic).now()).isEmpty();
    }

    @Test
    void idsOfAPermanentTopicAreNotKeptForEver() throws Exception {
        create(Map.of("retention.ms", "-1"));

        assertThat(retention(List.of(topic)).now()).contains(CONFIGURED);
    }

    @Test
    void aPermanentTopicThatForgetsIsReported() throws Exception {
        create(Map.of("retention.ms", "-1"));
        var limited = topic + "-limited";
        create(limited, Map.of("retention.ms", days(7)));
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        ((Logger) LoggerFactory.getLogger(InboxRetention.class)).addAppender(log);

        assertThat(retention(List.of(topic, limited)).now()).contains(CONFIGURED);

        ((Logger) LoggerFactory.getLogger(InboxRetention.class)).detachAppender(log);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains("retention=limited"))
                .singleElement()
                .asString()
                .startsWith("topic=" + limited + " ");
    }

    @Test
    void theLongestOfAllTopicsCountsAndAMissingOneDoesNot() throws Exception {
        create(Map.of("retention.ms", days(1), "segment.ms", days(1)));
        var longer = topic + "-longer";
        create(
                longer,
                Map.of("retention.ms", days(90), "segment.ms", days(1), "message.timestamp.type", "LogAppendTime"));

        assertThat(retention(topic, longer, topic + "-missing").now())
                .contains(Duration.ofDays(91).plus(OUTBOX).plusDays(1));
        assertThat(retention(topic + "-missing").now()).contains(CONFIGURED);
    }

    @Test
    void aChangeAtTheBrokerIsNoticed() throws Exception {
        create(Map.of("retention.ms", days(1), "segment.ms", days(1), "message.timestamp.type", "LogAppendTime"));
        var retention = retention(topic);
        assertThat(retention.now()).contains(CONFIGURED);

        try (var admin = Admin.create(BROKER)) {
            var longer = new AlterConfigOp(new ConfigEntry("retention.ms", days(60)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(longer)))
                    .all()
                    .get();
        }
        await().untilAsserted(() -> assertThat(retention.now())
                .contains(Duration.ofDays(61).plus(OUTBOX).plusDays(1)));
    }

    @Test
    void withoutABrokerAllIdsAreKept() {
        var nobody = Map.<String, Object>of("bootstrap.servers", "127.0.0.1:9");
        var retention =
                new InboxRetention(CONFIGURED, OUTBOX, new TopicRetention(nobody), () -> Set.of(topic), Set.of());

        // Both run at once: each waits as long as a broker may take to answer.
        var now = CompletableFuture.supplyAsync(retention::now);
        assertThatThrownBy(() -> new TopicRetention(nobody).longest(Set.of(topic)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(topic);
        assertThat(now)
                .as("the retention without a broker")
                .succeedsWithin(Duration.ofMinutes(1))
                .matches(Optional::isEmpty);
        assertThat(retention.seconds()).isInfinite();
    }

    @Test
    void aServiceThatOnlyPublishesAsksNoBroker() {
        var nobody = Map.<String, Object>of("bootstrap.servers", "127.0.0.1:9");

        assertThat(new InboxRetention(CONFIGURED, OUTBOX, new TopicRetention(nobody), Set::of, Set.of()).now())
                .isEqualTo(Optional.of(CONFIGURED));
    }

    private static InboxRetention retention(String... topics) {
        return new InboxRetention(CONFIGURED, OUTBOX, new TopicRetention(BROKER), () -> List.of(topics), Set.of());
    }

    private static InboxRetention retention(List<String> permanent) {
        return new InboxRetention(
                CONFIGURED, OUTBOX, new TopicRetention(BROKER), () -> permanent, Set.copyOf(permanent));
    }

    private void create(Map<String, String> settings) throws Exception {
        create(topic, settings);
    }

    private static void create(String name, Map<String, String> settings) throws Exception {
        try (var admin = Admin.create(BROKER)) {
            admin.createTopics(Set.of(new NewTopic(name, 1, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }
}
