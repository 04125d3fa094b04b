package dev.orderflow.eventing;

import java.util.Set;

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

    /**
     * Publishes {@code event} at a later time, unless it is cancelled, if the current transaction commits. It survives restarts, and is
     * published at the earliest at its time, usually within half a second. Its attribute {@code time} is the planned time. It inherits
     * the current {@link EventContext} except the deadline.
     *
     * @throws IllegalStateException    as {@link #publish(DomainEvent)}
     * @throws IllegalArgumentException as {@link #publish(DomainEvent)}, and if the time is more than {@link PublicationTime#LONGEST}
     *                                  away
     * @throws UnsupportedOperationException if this publisher is not the starter's and cannot schedule events
     */
    default void publish(DomainEvent event, PublicationTime time) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot schedule events");
    }

    /**
     * Cancels the scheduled events of a type and a key, if the current transaction commits. Their consumers must be prepared for an
     * event that was published just before.
     *
     * @param type class with which they were scheduled, or one of another version of the type
     * @return number of events that will not be published; 0 if all were published or cancelled before
     * @throws IllegalStateException as {@link #publish(DomainEvent)}
     * @throws UnsupportedOperationException if this publisher is not the starter's and cannot schedule events
     */
    default int cancel(Class<? extends DomainEvent> type, String key) {
        return cancel(type, Set.of(key));
    }

    /**
     * Cancels the scheduled events of a type and several keys with one statement, as {@link #cancel(Class, String)} does for one key.
     *
     * @return number of events that will not be published
     */
    default int cancel(Class<? extends DomainEvent> type, Set<String> keys) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot schedule events");
    }
}
