package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.DomainEvent;
import java.util.List;
import java.util.Map;

/**
 * Contracts of the events that an application publishes and consumes: the versions of a fact, and what its data must be like.
 * Without a bean of this type, each event is published in one version, and only its record decides about its data. Must be
 * thread-safe.
 */
public interface EventContracts {

    /** Knows no contract. */
    EventContracts NONE = new EventContracts() {};

    /**
     * Returns the versions in which {@code event} is published, all of one topic and key; at least one. They share one event id,
     * so each consumer handles the first that it reads and takes the others for copies. The oldest must come first: also a consumer
     * that knows no newer version can handle it.
     */
    default List<? extends DomainEvent> versionsOf(DomainEvent event) {
        return List.of(event);
    }

    /**
     * Checks data before it is published.
     *
     * @throws IllegalArgumentException if the data violates the contract of {@code type}
     */
    default void check(String type, byte[] data) {}

    /** Returns the next version of each type that can be converted. A handler of a version also receives all older ones. */
    default Map<String, String> upcasts() {
        return Map.of();
    }

    /**
     * Returns the data of a consumed event as data of {@code handled}: the same type or a newer version of it.
     *
     * @throws UndecodableEventException if the data violates the contract of {@code type}
     */
    default byte[] read(String type, byte[] data, String handled) {
        return data;
    }
}
