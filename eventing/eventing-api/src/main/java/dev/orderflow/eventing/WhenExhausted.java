package dev.orderflow.eventing;

/** Treatment of the later events of a key after one of them has become a dead letter. */
public enum WhenExhausted {

    /** Later events are held until the dead letter is replayed or discarded. */
    HOLD,

    /**
     * Later events are handled without it. Suitable when the order of a key's events does not matter to the handler.
     */
    CONTINUE
}
