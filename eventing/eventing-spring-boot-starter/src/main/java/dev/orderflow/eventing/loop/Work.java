package dev.orderflow.eventing.loop;

import java.time.Duration;

/** One {@link Loop}'s task. All methods but {@link #stopping} are called by the loop's thread alone. */
public interface Work {

    /**
     * Does what there is to do.
     *
     * @return how long there is nothing more to do, unless the loop is woken
     * @throws InterruptedException only because the loop ends; otherwise this counts as a failure like any other
     */
    Duration round() throws InterruptedException;

    /**
     * Reports that a round has failed, and drops all that the next one must not rely on. If this throws, it is called again before
     * the next round.
     *
     * @param cause a {@link RuntimeException} or an {@link Error}, mostly
     * @return how long to wait before the next round
     */
    Duration failed(Throwable cause);

    /** Makes a round that waits for something return early, since the loop is to end. Called by the thread that ends it. */
    default void stopping() {}

    /** Releases what the work holds. The last call, however the loop ends. */
    default void ended() {}
}
