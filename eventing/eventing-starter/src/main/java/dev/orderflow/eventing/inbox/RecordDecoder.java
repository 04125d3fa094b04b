package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.Incoming;
import dev.orderflow.eventing.retry.RetryRecord;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a record into what this group has to take in, wherever it was read. */
public class RecordDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final HandlerRegistry handlers;
    private final EventJson json;
    private final Set<String> retryTopics;
    private final InboxMetrics metrics;

    public RecordDecoder(HandlerRegistry handlers, EventJson json, Set<String> retryTopics, InboxMetrics metrics) {
        this.handlers = handlers;
        this.json = json;
        this.retryTopics = Set.copyOf(retryTopics);
        this.metrics = metrics;
    }

    /** Empty for a fact that this group does not handle. */
    Optional<Received> decode(ConsumerRecord<String, byte[]> message) {
        var arrival = new Arrival(
                new TopicPartition(message.topic(), message.partition()), message.offset(), incoming(message));
        var type = CloudEventHeaders.typeOf(arrival.incoming().source().headers());
        try {
            if (type == null) {
                throw new UndecodableEventException("header ce_type is missing");
            }
            var entry = handlers.find(type);
            if (entry != null) {
                return Optional.of(delivery(arrival, entry));
            }
            if (handlers.handlesOtherVersionOf(type)) {
                throw new UndecodableEventException(type + " is a version that this application does not know");
            }
        } catch (UndecodableEventException e) {
            return Optional.of(new Received.Unreadable(arrival, e));
        }
        metrics.unhandled(type);
        return arrival.incoming().hop() == 0 ? Optional.empty() : Optional.of(new Received.Obsolete(arrival));
    }

    /** A stranger on a retry topic is treated like one on any other topic. */
    private Incoming incoming(ConsumerRecord<String, byte[]> message) {
        if (retryTopics.contains(message.topic())) {
            try {
                return Incoming.again(RetryRecord.read(message));
            } catch (RuntimeException e) {
                LOG.warn("retry=unreadable at={}-{}@{}", message.topic(), message.partition(), message.offset());
            }
        }
        return Incoming.first(source(message));
    }

    private static SourceRecord source(ConsumerRecord<String, byte[]> message) {
        var type = CloudEventHeaders.typeOf(message.headers());
        return new SourceRecord(
                idOf(message),
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                type == null ? SourceRecord.UNREADABLE : type,
                message.headers(),
                message.value());
    }

    private Delivery delivery(Arrival arrival, HandlerRegistry.Entry entry) {
        var source = arrival.incoming().source();
        var metadata = CloudEventHeaders.read(source.headers());
        if (source.payload() == null) {
            throw new UndecodableEventException("the record has no data");
        }
        var event = json.read(source.payload(), entry.event().eventClass());
        return new Delivery(arrival, metadata, event, entry.handler());
    }

    private static UUID idOf(ConsumerRecord<String, byte[]> message) {
        var id = eventId(message.headers());
        return id == null ? RecordIds.of(message) : id;
    }

    private static @Nullable UUID eventId(Headers headers) {
        try {
            return CloudEventHeaders.read(headers).id();
        } catch (UndecodableEventException e) {
            return null;
        }
    }
}
