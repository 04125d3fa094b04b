package dev.orderflow.eventing;

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
}
