package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry.ForeignEventException;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only source that each topic accepts, as declared by its events ({@link dev.orderflow.eventing.EventTopic#owner()}).
 * <p>
 * The source in a record is not authenticated: any client that may write to a topic can use its owner's name. The broker's access
 * control lists decide which clients may write. This check detects misconfigured services and manually written records.
 */
class TopicOwners {

    private static final int LONGEST_SHOWN = 100;

    private final Map<String, String> byTopic = new HashMap<>();
    private final Map<String, EventDescriptor> homeByType = new HashMap<>();

    /** @throws InvalidHandlerException when one topic is declared with two owners */
    TopicOwners(Collection<EventDescriptor> handled) {
        for (var event : handled) {
            var owner = event.owner() == null ? "" : event.owner();
            var other = byTopic.putIfAbsent(event.topic(), owner);
            if (other != null && !other.equals(owner)) {
                throw new InvalidHandlerException(
                        "The topic " + event.topic() + " is declared with the owners '" + other + "' and '" + owner
                                + "'",
                        "Let all @EventTopic(\"" + event.topic() + "\") name the same owner");
            }
            homeByType.put(event.type(), event);
        }
    }

    /**
     * Checks that an event belongs to its topic.
     *
     * @param topic where the event was published
     * @throws ForeignEventException with the offending attribute, if the event does not belong there
     */
    void check(String topic, EventMetadata event) {
        var home = homeByType.get(event.type());
        if (home != null && home.owner() != null && !home.topic().equals(topic)) {
            throw new ForeignEventException(
                    topic,
                    "ce_type is " + event.type() + ", which is published on " + home.topic() + ", not on " + topic);
        }
        var owner = byTopic.getOrDefault(topic, "");
        if (!owner.isEmpty() && !owner.equals(event.source())) {
            throw new ForeignEventException(
                    topic, "ce_source is " + shown(event.source()) + ", but " + topic + " belongs to " + owner);
        }
    }

    /**
     * Checks that an event on a topic with an owner names its source.
     *
     * @throws ForeignEventException when the source is missing
     */
    void requireSource(String topic, @Nullable String source) {
        var owner = byTopic.getOrDefault(topic, "");
        if (source == null && !owner.isEmpty()) {
            throw new ForeignEventException(
                    topic, "attribute source is missing, but " + topic + " belongs to " + owner);
        }
    }

    private static String shown(String source) {
        return source.length() <= LONGEST_SHOWN ? source : source.substring(0, LONGEST_SHOWN) + "…";
    }
}
