package dev.orderflow.eventing.outbox;

/** Changes of the application in memory that are not yet sent to the database. */
@FunctionalInterface
interface PendingChanges {

    /** Sends the changes, within the current transaction. */
    void flush();
}
