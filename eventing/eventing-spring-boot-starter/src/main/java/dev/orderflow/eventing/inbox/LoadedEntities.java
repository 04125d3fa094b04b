package dev.orderflow.eventing.inbox;

/** What the current transaction has read from the database and keeps in memory. */
@FunctionalInterface
interface LoadedEntities {

    /** When nothing is kept. */
    LoadedEntities NONE = () -> {};

    /** Has it read again when it is needed. What was changed and not yet sent to the database is lost. */
    void forget();
}
