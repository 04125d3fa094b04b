package dev.orderflow.eventing;

/**
 * Publishes events as part of the current transaction: they are sent if and only if it commits.
 * <p>
 * Thread-safe. Events of one transaction leave in the order of the calls; events of one key leave in the order in which
 * their transactions committed.
 */
public interface EventPublisher {

    /**
     * Adds {@code event} to the current transaction. Nothing is sent before the commit.
     *
     * @throws IllegalStateException if no transaction is active, or it is read-only
     * @throws IllegalArgumentException if the event can never be sent: its class lacks {@link EventType} or {@link
     * EventTopic}, its topic belongs to another service, its key is blank or too long, it cannot be written as JSON,
     * its JSON exceeds the largest record size, or an attribute that it inherits from {@link EventContext#current()} has more
     * than 1,000 characters
     */
    void publish(DomainEvent event);
}
