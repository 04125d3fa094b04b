package dev.orderflow.eventing;

/**
 * A view of a topic in memory, which every instance has for itself: a bean that keeps what the topic's latest events say.
 * <p>
 * Each instance reads all partitions from their beginning, without a consumer group. It is not ready before it has applied the
 * events that existed when it started; later ones follow as they are published. The topic should be compacted
 * ({@code eventing.topics.compacted}), so that this stays short however long the topic exists.
 * <p>
 * One thread applies events, those of one key in the order of their publication. After a failure, it begins again: events that were
 * applied come again, also older ones after newer ones of their key, and must not take effect. An event that cannot be read, or
 * whose {@link #apply} fails, is skipped, because the view could otherwise never become complete.
 *
 * @param <E> the topic's sealed interface
 */
public interface TopicView<E extends DomainEvent> {

    /** Returns the topic's sealed interface, which has {@link EventTopic}. */
    Class<E> events();

    /** Applies an event. It must be quick, and bound what it keeps. */
    void apply(E event);

    /** Reports that all events which existed at the start have been applied. Called once. */
    default void completed() {}
}
