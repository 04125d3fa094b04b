package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventJson;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the members of this instance's consumer group from the collaborators that they share. */
class GroupMembers {

    /**
     * Least time between two batches of retries: short compared with the shortest retry delay, and long enough to gather the
     * events that failed in one batch.
     */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Records records;
    private final Handling handling;
    private final Storage storage;
    private final Clock clock;

    GroupMembers(Records records, Handling handling, Storage storage, Clock clock) {
        this.records = records;
        this.handling = handling;
        this.storage = storage;
        this.clock = clock;
    }

    /** Source of the records, and how to read them. */
    record Records(KafkaClients kafka, TopicCreator topics, RetryTopics retryTopics, EventJson json) {}

    /** Everything around the calls of handlers. */
    record Handling(HandlerChain chain, CallGuards guards, HandlingWatch watch, InboxMetrics metrics) {}

    /** Target of the handlers' effects and of the events that were diverted. */
    record Storage(
            JdbcClient jdbc, TransactionTemplate transaction, Diversion diversion, PersistenceContext entities) {}

    /** Creates the configured number of members for the source topics and one for the retry topics, by thread name. */
    Map<String, GroupMember> create(HandlerRegistry handlers, EventingProperties properties) {
        var inbox = properties.inbox();
        var retryTopics = records.retryTopics();
        var group = retryTopics.group();
        var members = new LinkedHashMap<String, GroupMember>();
        for (var number = 0; number < inbox.concurrency(); number++) {
            var sources = new SourceTopicConsumer(handlers.topics(), processor(handlers, inbox));
            members.put("inbox-" + number, member(group, sources.topics(), handlers, inbox, sources));
        }
        var retries = new RetryTopicConsumer(
                retryTopics,
                processor(handlers, inbox),
                inbox.maxBatch(),
                GATHERING,
                properties.retry().longestWait(),
                clock);
        members.put("retry", member(group + ".retry", retryTopics.all(), handlers, inbox, retries));
        return members;
    }

    private GroupMember member(
            String group,
            Set<String> needed,
            HandlerRegistry handlers,
            EventingProperties.Inbox inbox,
            TopicConsumer consumer) {
        return new GroupMember(
                () -> records.kafka().consumer(group, inbox.maxBatch()),
                records.topics(),
                needed,
                consumer,
                inbox.maxBatch(),
                new GuardWatch(handling.guards(), handlers.guards(), storage.diversion(), storage.transaction()));
    }

    private BatchProcessor processor(HandlerRegistry handlers, EventingProperties.Inbox inbox) {
        var watch = handling.watch();
        var metrics = handling.metrics();
        return new BatchProcessor(
                new RecordDecoder(
                        handlers, records.json(), records.retryTopics().ofAnyLevel(), metrics, watch),
                new CallOuts(handling.chain(), handling.guards(), inbox.maxConcurrentCalls(), watch),
                new BatchTransaction(
                        handlers,
                        handling.chain(),
                        new Inbox(
                                storage.jdbc(),
                                records.retryTopics().group(),
                                inbox.handlingTimeout().multipliedBy(2)),
                        storage.diversion(),
                        storage.transaction(),
                        new BatchSavepoints(storage.jdbc(), storage.entities()),
                        watch),
                new ChunkSize(inbox.maxBatch()),
                metrics,
                watch);
    }
}
