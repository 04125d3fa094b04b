package dev.orderflow.eventing;

/**
 * The part of an {@link EventHandler} that runs inside the inbox transaction, after it has called out.
 * <p>
 * May be run again with a fresh transaction when that transaction fails, so it must not change what it captured.
 */
@FunctionalInterface
public interface AfterCall {

    /** Records the call's answer and publishes what follows from it, in the current transaction. */
    void apply();

    /** Nothing to do: the event is only remembered. */
    static AfterCall nothing() {
        return () -> {};
    }
}
