package dev.orderflow.eventing.inbox;

/** Entities that the current transaction has loaded and keeps in memory. */
@FunctionalInterface
interface LoadedEntities {

    /** Implementation for applications that keep no entities. */
    LoadedEntities NONE = () -> {};

    /** Evicts the entities, so that they are loaded again when needed. Changes that were not flushed are lost. */
    void forget();
}
