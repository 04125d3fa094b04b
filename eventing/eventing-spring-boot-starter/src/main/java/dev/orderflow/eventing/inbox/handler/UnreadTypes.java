package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry.Entry;
import dev.orderflow.eventing.inbox.handler.UnreadEvent.Source;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds the types of {@link UnreadEvent} to those that have a handler of their own. */
final class UnreadTypes {

    private final Map<String, Entry> byType;
    private final Set<String> families = new HashSet<>();

    UnreadTypes(Map<String, Entry> byType) {
        this.byType = byType;
    }

    /** @throws InvalidHandlerException when a source names another topic than the handled events of its type */
    void register(HandlerMethod handler, UnreadEvent.Sources bean) {
        bean.sources().forEach(source -> register(handler, source));
    }

    /** The types without their versions. */
    Set<String> families() {
        return families;
    }

    private void register(HandlerMethod handler, Source source) {
        var known = byType.get(source.type());
        if (known == null) {
            var owner = source.owner() == null ? ownerOf(source.topic()) : source.owner();
            var event = new EventDescriptor(UnreadEvent.class, source.type(), null, source.topic(), owner);
            byType.put(source.type(), new Entry(event, handler));
            families.add(EventDescriptor.familyOf(source.type()));
        } else if (!known.event().topic().equals(source.topic())) {
            throw new InvalidHandlerException(
                    handler + " expects " + source.type() + " on " + source.topic() + ", but " + known.handler()
                            + " handles it on " + known.event().topic(),
                    "Name the same topic for all handlers and routes of " + source.type());
        }
    }

    private @Nullable String ownerOf(String topic) {
        return byType.values().stream()
                .map(Entry::event)
                .filter(event -> event.topic().equals(topic) && event.owner() != null)
                .map(EventDescriptor::owner)
                .findFirst()
                .orElse(null);
    }
}
