package dev.orderflow.eventing;

/** Treatment of the later events of a key when one of them is dead, which is when it has failed for good. */
public enum WhenExhausted {

    /** Later events wait until the dead one is replayed or discarded. */
    HOLD,

    /**
     * Later events are handled without it. Suitable when the order of a key's events does not matter to the handler.
     */
    CONTINUE
}
