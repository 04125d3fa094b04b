package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry.ForeignEventException;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sources that each topic accepts: those that are configured ({@code eventing.inbox.sources}), or else its only owner, as
 * declared by its events ({@link dev.orderflow.eventing.EventTopic#owner()}).
 * <p>
 * The source in a record is not authenticated: any client that may write to a topic can use its owner's name. The broker's access
 * control lists decide which clients may write, and signatures prove which one wrote. This check detects misconfigured services
 * and manually written records.
 */
class TopicOwners {

    private static final int LONGEST_SHOWN = 100;

    private final Map<String, Set<String>> sourcesByTopic = new HashMap<>();
    private final Map<String, EventDescriptor> homeByType = new HashMap<>();

    TopicOwners(Collection<EventDescriptor> handled) {
        this(handled, Map.of());
    }

    /**
     * @param configured accepted sources by topic, in place of the topic's owner
     * @throws InvalidHandlerException when one topic is declared with two owners, or sources are configured for a topic that is
     *     not read
     */
    TopicOwners(Collection<EventDescriptor> handled, Map<String, Set<String>> configured) {
        var ownerByTopic = new HashMap<String, String>();
        for (var event : handled) {
            var owner = event.owner() == null ? "" : event.owner();
            var other = ownerByTopic.putIfAbsent(event.topic(), owner);
            if (other != null && !other.equals(owner)) {
                throw new InvalidHandlerException(
                        "The topic " + event.topic() + " is declared with the owners '" + other + "' and '" + owner
                                + "'",
                        "Let all @EventTopic(\"" + event.topic() + "\") name the same owner");
            }
            homeByType.put(event.type(), event);
        }
        ownerByTopic.forEach((topic, owner) -> sourcesByTopic.put(topic, owner.isEmpty() ? Set.of() : Set.of(owner)));
        if (!ownerByTopic.keySet().containsAll(configured.keySet())) {
            throw new InvalidHandlerException(
                    "eventing.inbox.sources has " + configured.keySet() + ", not all of which are read",
                    "Use only topics of " + new TreeSet<>(ownerByTopic.keySet()));
        }
        configured.forEach((topic, sources) -> sourcesByTopic.put(topic, Set.copyOf(sources)));
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
    }

    /**
     * Checks the source of an event before its other attributes are read.
     *
     * @throws ForeignEventException when the topic does not accept the source, or the source is missing and the topic does not
     *     accept all
     */
    void checkSource(String topic, @Nullable String source) {
        var accepted = sourcesByTopic.getOrDefault(topic, Set.of());
        if (accepted.isEmpty()) {
            return;
        }
        if (source == null) {
            throw new ForeignEventException(
                    topic, "attribute source is missing, but " + topic + " belongs to " + shown(accepted));
        }
        if (!accepted.contains(source)) {
            throw new ForeignEventException(
                    topic, "ce_source is " + shown(source) + ", but " + topic + " belongs to " + shown(accepted));
        }
    }

    /**
     * Checks that the data of an event is about its subject, unless the topic accepts all sources. An event without subject and key
     * is in no stream but its own.
     *
     * @param key the record's key
     * @throws ForeignEventException when it is about another one
     */
    void checkSubject(String topic, @Nullable String key, EventMetadata metadata, DomainEvent event) {
        var accepted = sourcesByTopic.getOrDefault(topic, Set.of());
        if (!accepted.isEmpty()
                && !(event instanceof UnreadEvent)
                && !isAboutNothing(key, metadata)
                && !metadata.subject().equals(event.key())) {
            throw new ForeignEventException(
                    topic,
                    "ce_subject is " + shown(metadata.subject()) + ", but the data is about "
                            + shown(String.valueOf(event.key())));
        }
    }

    /** Returns whether neither key nor subject was sent, so that the event's id has become its subject. */
    private static boolean isAboutNothing(@Nullable String key, EventMetadata metadata) {
        return (key == null || key.isEmpty()) && metadata.subject().equals(metadata.publishedId());
    }

    private static String shown(Set<String> sources) {
        return shown(String.join(", ", new TreeSet<>(sources)));
    }

    private static String shown(String source) {
        return source.length() <= LONGEST_SHOWN ? source : source.substring(0, LONGEST_SHOWN) + "…";
    }
}
