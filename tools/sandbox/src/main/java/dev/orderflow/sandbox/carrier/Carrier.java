package dev.orderflow.sandbox.carrier;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.sandbox.SandboxProperties;
import dev.orderflow.sandbox.carrier.ShipmentEntry.Accepted;
import dev.orderflow.sandbox.carrier.ShipmentEntry.Released;
import dev.orderflow.sandbox.carrier.ShipmentEntry.Repeated;
import dev.orderflow.sandbox.carrier.ShipmentEntry.Stopped;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.NameIndex;
import dev.orderflow.sandbox.web.Page;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The carrier's shipments. An order identifies one shipment: a further request for it gets the first one's tracking id
 * and ships nothing.
 * <p>
 * An accepted parcel waits until it is released, and leaves some time later. How long its way takes is decided when it is
 * accepted, so that its state follows from the clock alone and survives a restart. Whether it can still be stopped is
 * decided under one lock, and recorded before the response is sent: a repeated stop or release gets the same answer.
 */
@Component
class Carrier {

    private final Journal<ShipmentEntry> journal;
    private final CarrierFaults faults;
    private final Clock clock;
    private final List<Shipment> shipments = new ArrayList<>();
    /** Indexes in {@link #shipments} by order. */
    private final NameIndex byOrder = new NameIndex();

    @Autowired
    Carrier(SandboxProperties properties, CarrierFaults faults) {
        this(properties, faults, Clock.systemUTC());
    }

    Carrier(SandboxProperties properties, CarrierFaults faults, Clock clock) {
        this.journal = Journal.open(properties.data().resolve("shipments.jsonl"), ShipmentEntry.class);
        this.faults = faults;
        this.clock = clock;
        journal.forEach(this::apply);
    }

    /** Accepts a shipment of the order, or returns the one that was accepted before, even if it is stopped. */
    synchronized Tracking ship(String orderId) {
        record(find(orderId) == null ? accepted(orderId) : new Repeated(orderId));
        return tracking(required(orderId));
    }

    /**
     * Lets the order's parcel leave, unless it is stopped; the returned state says which.
     *
     * @throws Refusal 404 when the order has no shipment
     */
    synchronized Tracking release(String orderId) {
        var shipment = required(orderId);
        var now = clock.millis();
        if (shipment.standing(now).state() == ShipmentState.ACCEPTED && !shipment.isReleased()) {
            record(new Released(orderId, now));
        }
        return tracking(shipment);
    }

    /**
     * Stops the order's shipment unless its parcel has left; the returned state says which.
     *
     * @throws Refusal 404 when the order has no shipment
     */
    synchronized Tracking stop(String orderId) {
        var shipment = required(orderId);
        var now = clock.millis();
        if (shipment.standing(now).state() == ShipmentState.ACCEPTED) {
            record(new Stopped(orderId, now));
        }
        return tracking(shipment);
    }

    /** Returns the states of those orders' shipments that exist. */
    List<Tracking> track(List<String> orderIds) {
        return orderIds.stream().map(this::tracked).flatMap(List::stream).toList();
    }

    private synchronized List<Tracking> tracked(String orderId) {
        var shipment = find(orderId);
        return shipment == null ? List.of() : List.of(tracking(shipment));
    }

    /** Lists the shipments in the order of their acceptance. Requests are not blocked for the whole read. */
    Page<Shipment.Item> list(int limit, int offset) {
        var standings = standings(limit, offset);
        var items = standings.items().stream()
                .map(standing -> standing.toItem((Accepted) journal.read(standing.entry())))
                .toList();
        return new Page<>(items, standings.total());
    }

    private synchronized Page<Shipment.Standing> standings(int limit, int offset) {
        var now = clock.millis();
        var page = shipments.stream().skip(offset).limit(limit);
        return new Page<>(page.map(shipment -> shipment.standing(now)).toList(), shipments.size());
    }

    @PreDestroy
    void close() throws IOException {
        journal.close();
    }

    private Accepted accepted(String orderId) {
        var behaviour = faults.behaviour();
        return new Accepted(
                orderId,
                "trk_" + UUID.randomUUID(),
                clock.millis(),
                behaviour.handlingMillis(),
                behaviour.transitMillis(),
                ThreadLocalRandom.current().nextDouble() < behaviour.lossRate());
    }

    private void record(ShipmentEntry entry) {
        apply(entry, journal.append(entry));
    }

    private void apply(ShipmentEntry entry, int number) {
        switch (entry) {
            case Accepted accepted -> {
                shipments.add(new Shipment(number, accepted));
                byOrder.put(accepted.orderId(), shipments.size() - 1);
            }
            case Repeated(var orderId) -> required(orderId).calledAgain();
            case Released(var orderId, var at) -> required(orderId).released(at);
            case Stopped(var orderId, var at) -> required(orderId).stopped(at);
        }
    }

    private Tracking tracking(Shipment shipment) {
        var accepted = (Accepted) journal.read(shipment.entry());
        var standing = shipment.standing(clock.millis());
        return new Tracking(
                accepted.orderId(), accepted.trackingId(), standing.state(), Instant.ofEpochMilli(standing.since()));
    }

    private @Nullable Shipment find(String orderId) {
        var index = byOrder.find(orderId);
        return index.isPresent() ? shipments.get(index.getAsInt()) : null;
    }

    private Shipment required(String orderId) {
        var shipment = find(orderId);
        if (shipment == null) {
            throw Refusal.notFound("UNKNOWN_ORDER", "there is no shipment of order " + orderId);
        }
        return shipment;
    }
}
