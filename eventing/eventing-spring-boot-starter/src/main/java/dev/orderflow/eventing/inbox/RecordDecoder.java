package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.retry.Incoming;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import dev.orderflow.eventing.wire.LogText;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes a record of a source topic or a retry topic into what this group has to consume. */
class RecordDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final HandlerRegistry handlers;
    private final EventJson json;
    private final Set<String> retryTopics;
    private final InboxMetrics metrics;
    private final HandlingWatch watch;
    private final WatchedStep step;
    private final TopicOwners owners;

    RecordDecoder(
            HandlerRegistry handlers,
            EventJson json,
            Set<String> retryTopics,
            InboxMetrics metrics,
            HandlingWatch watch) {
        this.handlers = handlers;
        this.json = json;
        this.retryTopics = Set.copyOf(retryTopics);
        this.metrics = metrics;
        this.watch = watch;
        this.step = watch.step();
        this.owners = new TopicOwners(handlers.events());
    }

    /** Decodes a record. Returns null for an event type that this group does not handle. Never throws, whatever the record contains. */
    @Nullable
    Received decode(ConsumerRecord<String, byte[]> message) {
        var again = again(message);
        try {
            return decode(message, again);
        } catch (RuntimeException e) {
            var incoming = again == null ? Incoming.first(message, RecordIds.of(message), null) : again;
            return new Received.Unreadable(
                    arrival(message, incoming), new UndecodableEventException("the record cannot be read", e));
        }
    }

    private @Nullable Received decode(ConsumerRecord<String, byte[]> message, @Nullable Incoming again) {
        var headers = again == null ? message.headers() : again.source().headers();
        var type = CloudEventHeaders.typeOf(headers);
        var entry = type == null ? null : handlers.find(type);
        if (type != null && entry == null && !handlers.handlesOtherVersionOf(type)) {
            metrics.unhandled(type);
            return again == null ? null : new Received.Obsolete(arrival(message, again));
        }
        try {
            var metadata = CloudEventHeaders.read(headers);
            owners.check(again == null ? message.topic() : again.source().topic(), metadata);
            var arrival = arrival(message, again == null ? Incoming.first(message, metadata.id(), type) : again);
            return entry == null ? unreadable(arrival, type) : received(arrival, metadata, entry);
        } catch (ForeignEventException e) {
            // A retry record may name any topic.
            metrics.foreign(handlers.topics().contains(e.topic()) ? e.topic() : EventTypeTag.OTHER);
            var source = Incoming.first(message, RecordIds.of(message), type).source();
            return new Received.Unreadable(arrival(message, again == null ? Incoming.foreign(source) : again), e);
        } catch (UndecodableEventException e) {
            var incoming = again == null ? Incoming.first(message, RecordIds.of(message), type) : again;
            return new Received.Unreadable(arrival(message, incoming), e);
        }
    }

    /** Reads the diverted event from a record of a retry topic. Null for any other record, also for a foreign one on a retry topic. */
    private @Nullable Incoming again(ConsumerRecord<String, byte[]> message) {
        if (retryTopics.contains(message.topic())) {
            try {
                return Incoming.again(message);
            } catch (RuntimeException e) {
                LOG.warn(
                        "retry=unreadable at={}-{}@{} cause={}",
                        message.topic(),
                        message.partition(),
                        message.offset(),
                        LogText.of(e));
            }
        }
        return null;
    }

    private static Arrival arrival(ConsumerRecord<String, byte[]> message, Incoming incoming) {
        return new Arrival(new TopicPartition(message.topic(), message.partition()), message.offset(), incoming);
    }

    private Received received(Arrival arrival, EventMetadata metadata, HandlerRegistry.Entry entry) {
        var payload = arrival.incoming().source().payload();
        if (payload == null) {
            return new Received.Unreadable(
                    arrival, new UndecodableEventException("the record has no data, or more than is read"));
        }
        var id = arrival.incoming().source().id();
        if (watch.isUnfinished(id)) {
            return new Received.Unreadable(
                    arrival,
                    new UndecodableEventException(
                            entry.handler() + " did not end with this event when it was tried before,"
                                    + " and its process had to be ended"));
        }
        step.begin(id, entry.handler());
        try {
            var event = json.read(payload, entry.event().eventClass());
            return new Delivery(arrival, metadata, event, entry.handler());
        } catch (UndecodableEventException e) {
            return new Received.Unreadable(arrival, e);
        } finally {
            step.end();
        }
    }

    private static Received unreadable(Arrival arrival, @Nullable String type) {
        return new Received.Unreadable(
                arrival,
                new UndecodableEventException(
                        type == null
                                ? "header ce_type is missing"
                                : type + " is a version that this application does not know"));
    }
}
