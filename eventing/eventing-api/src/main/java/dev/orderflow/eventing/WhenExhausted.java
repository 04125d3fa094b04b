package dev.orderflow.eventing;

/** What becomes of the later events of a key when one of them is dead: when it has failed for good. */
public enum WhenExhausted {

    /** They wait until it is replayed or discarded. */
    HOLD,

    /** They go on without it. Right when the order of a key's events does not matter to the handler. */
    CONTINUE
}
