package dev.orderflow.eventing.deadletter;

/** Why an event that was taken in has not had its effect yet. */
enum HoldState {
    /** Failed and waits for its next attempt. */
    RETRYING,
    /** Waits on a retry topic behind an earlier event of its key. */
    HELD,
    /** Waits in the database behind a dead letter of its key. */
    PARKED,
    /** Waits for an operator. */
    DEAD
}
