package dev.orderflow.eventing.bus;

import java.util.List;

/**
 * Handler of several waiting events of one priority at once. A subscription calls it from one thread in each lane.
 *
 * @param <E> type of the events' values
 */
@FunctionalInterface
public interface BatchListener<E> {

    /**
     * Handles events, at least one, in their order. The list and the events are valid until this method returns. The time-out is that of
     * the call.
     *
     * @throws Exception to report the failure of all these events; they are not repeated
     */
    void onEvents(List<BusEvent<E>> events) throws Exception;
}
