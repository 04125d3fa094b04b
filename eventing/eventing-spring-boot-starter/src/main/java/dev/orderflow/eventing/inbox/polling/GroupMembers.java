package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.settings.EventingProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Creates the members of this instance's consumer group from the collaborators that they share. */
class GroupMembers {

    /**
     * Minimum time between two batches of retries: short compared with the shortest retry delay, and long enough to gather the
     * events that failed in one batch.
     */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final KafkaClients kafka;
    private final TopicCreator topicCreator;
    private final RetryTopics retryTopics;
    private final BatchConsumer.Factory batches;
    private final EventingProperties properties;
    private final Lanes lanes;
    private final Clock clock;

    GroupMembers(
            KafkaClients kafka,
            TopicCreator topicCreator,
            RetryTopics retryTopics,
            BatchConsumer.Factory batches,
            EventingProperties properties,
            Lanes lanes,
            Clock clock) {
        this.kafka = kafka;
        this.topicCreator = topicCreator;
        this.retryTopics = retryTopics;
        this.batches = batches;
        this.properties = properties;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** Creates the configured number of members for the {@code sources} and one for the retry topics, by thread name. */
    Map<String, GroupMember> create(Set<String> sources) {
        lanes.check();
        var group = retryTopics.group();
        var members = new LinkedHashMap<String, GroupMember>();
        for (var number = 0; number < properties.inbox().concurrency(); number++) {
            var batch = batches.create();
            members.put(
                    "inbox-" + number,
                    member(group, sources, new SourceTopicConsumer(sources, batch, lanes, System::nanoTime), batch));
        }
        var batch = batches.create();
        var retries = new RetryTopicConsumer(
                retryTopics,
                batch,
                properties.inbox().maxBatch(),
                GATHERING,
                properties.retry().longestWait(),
                clock);
        members.put("retry", member(group + ".retry", retryTopics.all(), retries, batch));
        return members;
    }

    private GroupMember member(String group, Set<String> needed, TopicConsumer topics, BatchConsumer batch) {
        var maxBatch = properties.inbox().maxBatch();
        return new GroupMember(
                () -> kafka.consumer(group, maxBatch), topicCreator, needed, topics, maxBatch, batch::isPaused);
    }
}
