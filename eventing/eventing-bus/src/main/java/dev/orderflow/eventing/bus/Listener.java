package dev.orderflow.eventing.bus;

/**
 * Handler of single events. A subscription calls it from one thread in each lane.
 *
 * @param <E> type of the events' values
 */
@FunctionalInterface
public interface Listener<E> {

    /**
     * Handles an event, which is valid until this method returns. The thread is interrupted when the call takes longer than the
     * subscription's time-out.
     *
     * @throws Exception to report a failure; the event is not repeated
     */
    void onEvent(BusEvent<E> event) throws Exception;
}
