package dev.orderflow.eventing.deadletter;

/** Where a dead letter stands. */
enum LetterState {
    /** Waits for an operator. */
    DEAD,
    /** A replay will take it. */
    QUEUED,
    /** On its way again. */
    REPLAYING,
    /** Has had its effect. */
    REPLAYED,
    /** Given up by an operator. */
    DISCARDED
}
