package dev.orderflow.eventing;

import org.jspecify.annotations.Nullable;

/**
 * A fact that has happened to one aggregate. Implemented by immutable records annotated with {@link EventType}, below a
 * sealed interface annotated with {@link EventTopic}.
 */
public interface DomainEvent {

    /**
     * The id of the aggregate the fact is about, 1 to 200 characters. It is the partition key and the CloudEvents
     * {@code subject}: events of one key take effect in the order in which their transactions committed. It is not part
     * of the event's JSON.
     */
    String key();

    /**
     * A key that is the same each time the fact is published, such as {@code statement-4711-2026-11}; null for none. An event
     * that is published again, under a new id but with the same type and key, is handled once by each consumer within its
     * {@code eventing.inbox.dedup-window}. At most 1,000 characters; not part of the event's JSON.
     */
    default @Nullable String dedupKey() {
        return null;
    }
}
