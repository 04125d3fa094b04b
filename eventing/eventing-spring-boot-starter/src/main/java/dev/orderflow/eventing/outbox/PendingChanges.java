package dev.orderflow.eventing.outbox;

/** What the application has changed in memory and not yet sent to the database. */
@FunctionalInterface
interface PendingChanges {

    /** Sends it, within the current transaction. */
    void flush();
}
