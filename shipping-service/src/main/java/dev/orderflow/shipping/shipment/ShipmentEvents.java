package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.shipping.ShippingEvent;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Publishes what changes a shipment, in the transaction that changes it, and counts it after the commit. */
@Component
class ShipmentEvents {

    private static final Logger log = LoggerFactory.getLogger(ShipmentEvents.class);

    private final EventPublisher events;
    private final MeterRegistry meters;

    ShipmentEvents(EventPublisher events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
    }

    void publish(ShippingEvent event) {
        events.publish(event);
        var what = switch (event) {
            case ShipmentDispatched _ -> "dispatched";
            case ShipmentDelivered _ -> "delivered";
            case ShipmentStopped _ -> "stopped";
            case ShipmentStopRefused _ -> "stop-refused";
            case ShipmentLost _ -> "lost";
        };
        afterCommit(() -> {
            meters.counter("shipping.shipments.changes", "change", what).increment();
            if (event instanceof ShipmentLost || event instanceof ShipmentStopRefused) {
                log.warn("shipment={} orderId={} trackingId={}", what, event.orderId(), event.trackingId());
            }
        });
    }

    private static void afterCommit(Runnable action) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    action.run();
                }
            });
        } else {
            action.run();
        }
    }
}
