package dev.orderflow.eventing;

/**
 * The part of an {@link EventHandler} that runs inside the inbox transaction, after the handler's outbound call.
 * <p>
 * It may run again in a new transaction if the transaction fails, so it must not change captured state.
 */
@FunctionalInterface
public interface AfterCall {

    /** Records the call's result and publishes events, in the current transaction. */
    void apply();

    /** Returns an action without effect: the inbox only remembers the event. */
    static AfterCall nothing() {
        return () -> {};
    }
}
