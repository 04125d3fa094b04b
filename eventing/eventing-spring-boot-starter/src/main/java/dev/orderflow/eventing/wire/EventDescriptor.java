package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Description of an event class, from its annotations.
 *
 * @param type   CloudEvents type, such as {@code dev.orderflow.order.placed.v1}
 * @param intent business purpose; null if the class declares none
 * @param topic  Kafka topic, from the event's sealed interface
 * @param owner  the only source that may publish on the topic; null if any source may
 */
public record EventDescriptor(
        Class<? extends DomainEvent> eventClass,
        String type,
        @Nullable String intent,
        String topic,
        @Nullable String owner) {

    private static final Pattern LEGAL_TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private static final ClassValue<EventDescriptor> CACHE = new ClassValue<>() {
        @Override
        protected EventDescriptor computeValue(Class<?> type) {
            return describe(type.asSubclass(DomainEvent.class));
        }
    };

    /** @throws IllegalArgumentException when an annotation is missing; the message contains the required change */
    public static EventDescriptor of(Class<? extends DomainEvent> eventClass) {
        return CACHE.get(eventClass);
    }

    /** The event records of {@code declared}, a record or a sealed interface, in declaration order. */
    public static List<EventDescriptor> allOf(Class<? extends DomainEvent> declared) {
        if (!declared.isSealed()) {
            return List.of(of(declared));
        }
        return List.of(declared.getPermittedSubclasses()).stream()
                .flatMap(permitted -> allOf(permitted.asSubclass(DomainEvent.class)).stream())
                .toList();
    }

    /** The type without its major version: {@code dev.orderflow.order.placed}. */
    public static String familyOf(String type) {
        var end = type.length();
        while (end > 0 && type.charAt(end - 1) >= '0' && type.charAt(end - 1) <= '9') {
            end--;
        }
        return end < type.length() && type.startsWith(".v", end - 2) ? type.substring(0, end - 2) : type;
    }

    private static EventDescriptor describe(Class<? extends DomainEvent> eventClass) {
        var type = eventClass.getAnnotation(EventType.class);
        if (type == null) {
            throw new IllegalArgumentException(
                    eventClass.getName() + " is not an event that can be sent: annotate it with @EventType(\"…\")");
        }
        var topic = topicOf(eventClass);
        return new EventDescriptor(
                eventClass,
                type.value(),
                type.intent().isEmpty() ? null : type.intent(),
                topic.value(),
                topic.owner().isEmpty() ? null : topic.owner());
    }

    private static EventTopic topicOf(Class<?> eventClass) {
        var open = new ArrayDeque<Class<?>>(List.of(eventClass));
        var topics = new LinkedHashSet<EventTopic>();
        while (!open.isEmpty()) {
            var next = open.pop();
            var topic = next.getAnnotation(EventTopic.class);
            if (topic != null) {
                topics.add(topic);
            }
            open.addAll(List.of(next.getInterfaces()));
        }
        if (topics.size() != 1) {
            throw new IllegalArgumentException(eventClass.getName() + " must have exactly one @EventTopic, on itself or"
                    + " on the interface it implements, but has " + topics);
        }
        var topic = topics.getFirst();
        var name = topic.value();
        if (!LEGAL_TOPIC.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    eventClass.getName() + " has a topic that Kafka does not allow: 1 to 249 of"
                            + " A-Z, a-z, 0-9, '.', '_' and '-' are needed, but it is \"" + name + "\"");
        }
        return topic;
    }
}
