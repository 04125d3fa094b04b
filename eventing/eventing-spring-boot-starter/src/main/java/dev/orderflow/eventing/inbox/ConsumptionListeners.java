package dev.orderflow.eventing.inbox;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of an application. What they learn of is committed, so an exception of one of them must reach neither the others nor
 * the consumer, which would take it for a failure of the events.
 */
final class ConsumptionListeners {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumptionListeners.class);

    private final List<ConsumptionListener> listeners;

    ConsumptionListeners(List<ConsumptionListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(Consumer<ConsumptionListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("listener={} state=failed", listener.getClass().getName(), e);
            }
        }
    }
}
