package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry.ForeignEventException;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import dev.orderflow.eventing.wire.EventVerifier;
import dev.orderflow.eventing.wire.ForgedEventException;
import dev.orderflow.eventing.wire.LogText;
import dev.orderflow.eventing.wire.ReceivedEvent;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes records of source topics and retry topics. */
class RecordDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final HandlerRegistry handlers;
    private final EventJson json;
    private final Set<String> retryTopics;
    private final InboxMetrics metrics;
    private final HandlerCalls calls;
    private final EventVerifier verifier;

    /** Creates a decoder that verifies no signatures. */
    RecordDecoder(
            HandlerRegistry handlers,
            EventJson json,
            Set<String> retryTopics,
            InboxMetrics metrics,
            HandlerCalls calls) {
        this(handlers, json, retryTopics, metrics, calls, EventVerifier.NONE);
    }

    RecordDecoder(
            HandlerRegistry handlers,
            EventJson json,
            Set<String> retryTopics,
            InboxMetrics metrics,
            HandlerCalls calls,
            EventVerifier verifier) {
        this.handlers = handlers;
        this.json = json;
        this.retryTopics = Set.copyOf(retryTopics);
        this.metrics = metrics;
        this.calls = calls;
        this.verifier = verifier;
    }

    /**
     * Decodes a record. Returns null for an event type that this group does not handle. Never throws, regardless of the record's
     * content.
     */
    @Nullable
    DecodedRecord decode(ConsumerRecord<String, byte[]> message) {
        var again = again(message);
        try {
            return decode(message, again);
        } catch (RuntimeException e) {
            return unreadable(
                    message,
                    consumed(message, again, null),
                    new UndecodableEventException("the record cannot be read", e));
        }
    }

    private @Nullable DecodedRecord decode(ConsumerRecord<String, byte[]> message, @Nullable ConsumedRecord again) {
        ReceivedEvent received;
        try {
            received = again == null
                    ? ReceivedEvent.of(message.headers(), message.value())
                    : ReceivedEvent.of(again.source().headers(), again.source().payload());
        } catch (UndecodableEventException e) {
            return unreadable(
                    message,
                    verifier.isRequired(topicOf(message, again))
                            ? foreign(message, again, null)
                            : consumed(message, again, null),
                    e);
        }
        return decode(message, again, received);
    }

    private @Nullable DecodedRecord decode(
            ConsumerRecord<String, byte[]> message, @Nullable ConsumedRecord again, ReceivedEvent received) {
        var type = received.type();
        var entry = type == null ? null : handlers.find(type);
        if (type != null && entry == null && !handlers.handlesOtherVersionOf(type)) {
            metrics.unhandled(type);
            return again == null ? null : new DecodedRecord.Obsolete(message, again);
        }
        try {
            var metadata = trusted(message, again, received);
            var consumed = again == null ? ConsumedRecord.first(message, metadata.id(), type) : again;
            return entry == null
                    ? unreadable(message, consumed, unknown(type))
                    : decode(message, consumed, metadata, received, entry);
        } catch (ForeignEventException e) {
            // A retry record may contain any topic name.
            metrics.foreign(handlers.topics().contains(e.topic()) ? e.topic() : EventTypeTag.OTHER);
            return unreadable(message, foreign(message, again, type), e);
        } catch (ForgedEventException e) {
            return unreadable(message, foreign(message, again, type), e);
        } catch (UndecodableEventException e) {
            return unreadable(message, consumed(message, again, type), e);
        }
    }

    /**
     * Reads an event's attributes after checking who published it. What any client could have written, such as malformed
     * attributes, must not count as an event of its key before.
     */
    private EventMetadata trusted(
            ConsumerRecord<String, byte[]> message, @Nullable ConsumedRecord again, ReceivedEvent received) {
        var topic = topicOf(message, again);
        var key = again == null ? message.key() : again.source().key();
        handlers.requireSource(topic, received.source());
        if (again == null) {
            verifier.verify(topic, key, received);
        } else {
            verifier.verifyStored(topic, key, received);
        }
        var metadata = received.metadata(key);
        handlers.requireHome(topic, metadata);
        return metadata;
    }

    private static String topicOf(ConsumerRecord<String, byte[]> message, @Nullable ConsumedRecord again) {
        return again == null ? message.topic() : again.source().topic();
    }

    private static ConsumedRecord consumed(
            ConsumerRecord<String, byte[]> message, @Nullable ConsumedRecord again, @Nullable String type) {
        return again == null ? ConsumedRecord.first(message, Inbox.idOf(message), type) : again;
    }

    /** Returns a record that neither takes the id of an event nor its place among those of its key. */
    private static ConsumedRecord foreign(
            ConsumerRecord<String, byte[]> message, @Nullable ConsumedRecord again, @Nullable String type) {
        return again == null ? ConsumedRecord.foreign(message, Inbox.idOf(message), type) : again;
    }

    /**
     * Reads the diverted event from a record of a retry topic. Null for any other record, also for a foreign one on a retry
     * topic.
     */
    private @Nullable ConsumedRecord again(ConsumerRecord<String, byte[]> message) {
        if (retryTopics.contains(message.topic())) {
            try {
                return ConsumedRecord.again(message);
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

    private DecodedRecord decode(
            ConsumerRecord<String, byte[]> message,
            ConsumedRecord consumed,
            EventMetadata metadata,
            ReceivedEvent received,
            HandlerRegistry.Entry entry) {
        // Parts of a record that exceed a limit are omitted, also from its first attempt.
        var data = consumed.source().payload() == null ? null : received.data();
        if (data == null) {
            return unreadable(
                    message, consumed, new UndecodableEventException("the record has no data, or too much of it"));
        }
        var id = consumed.source().id();
        if (calls.isUnfinished(id)) {
            return unreadable(
                    message,
                    consumed,
                    new UndecodableEventException(entry.handler() + " did not finish this event at an earlier attempt,"
                            + " and its process had to be ended"));
        }
        calls.beginDecoding(id, entry.handler());
        try {
            var current =
                    json.contracts().read(metadata.type(), data, entry.event().type());
            var event = json.read(current, entry.event().eventClass());
            handlers.requireSubject(consumed.source(), metadata, event);
            var handled = current == data ? received : new ReceivedEvent(received.headers(), current);
            return new DecodedRecord.Delivery(message, consumed, metadata, event, entry.handler(), handled);
        } catch (ForeignEventException e) {
            throw e;
        } catch (UndecodableEventException e) {
            return unreadable(message, consumed, e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Thrown by an application's conversion: without this, its partition would stop.
            return unreadable(message, consumed, new UndecodableEventException("the data cannot be converted", e));
        } finally {
            calls.endDecoding();
        }
    }

    private static DecodedRecord unreadable(
            ConsumerRecord<String, byte[]> message, ConsumedRecord consumed, UndecodableEventException cause) {
        return new DecodedRecord.Unreadable(message, consumed, cause);
    }

    private static UndecodableEventException unknown(@Nullable String type) {
        return new UndecodableEventException(
                type == null
                        ? "attribute type is missing"
                        : type + " is a version that this application does not know");
    }
}
