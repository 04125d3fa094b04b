package dev.orderflow.shipping.shipment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Collects the shipments that one transaction creates, until just before its commit. */
class NewShipments implements TransactionSynchronization {

    private final Consumer<List<Shipment>> writer;
    private final List<Shipment> shipments = new ArrayList<>();

    private NewShipments(Consumer<List<Shipment>> writer) {
        this.writer = writer;
    }

    /**
     * Returns the shipments of the current transaction; {@code writer} writes them before the commit.
     *
     * @throws IllegalStateException without a transaction
     */
    static NewShipments ofTransaction(Consumer<List<Shipment>> writer) {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof NewShipments shipments) {
                return shipments;
            }
        }
        var shipments = new NewShipments(writer);
        TransactionSynchronizationManager.registerSynchronization(shipments);
        return shipments;
    }

    void add(Shipment shipment) {
        shipments.add(shipment);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        writer.accept(shipments);
    }
}
