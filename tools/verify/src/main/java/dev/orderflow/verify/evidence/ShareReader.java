package dev.orderflow.verify.evidence;

import java.util.Map;
import java.util.Objects;

/** Reads one share of the keys from all sources. Not thread-safe. */
final class ShareReader implements AutoCloseable {

    /** Number of events of a delivered order, of which one is published in two versions. */
    private static final int EVENTS_PER_ORDER = 12;

    private final Map<Service, DatabaseConnection> databases;
    private final Share share;
    private final EventLedger events = new EventLedger();
    private final TopicReader topics;
    private final Sandbox sandbox;

    /**
     * Creates a reader.
     *
     * @param databases stay open when this reader is closed
     */
    ShareReader(Sources sources, Map<Service, DatabaseConnection> databases, Share share) {
        this.databases = databases;
        this.share = share;
        this.topics = new TopicReader(sources.broker(), share);
        this.sandbox = new Sandbox(sources.sandbox(), share);
    }

    /**
     * Estimates the number of events in all shares, plus the number that take the memory of dead letters and holds.
     * Topics and outboxes are deleted before orders; dead letters are never deleted.
     */
    long size() {
        var recorded = 0L;
        var diverted = 0L;
        for (var service : Service.values()) {
            try (var database = open(service)) {
                recorded += MessagingTables.size(database);
                diverted += Diversions.size(database);
                if (service == Service.ORDER) {
                    recorded = Math.max(recorded, Orders.size(database) * EVENTS_PER_ORDER);
                }
            }
        }
        return Math.max(topics.size(), recorded) + diverted;
    }

    /**
     * Reads the share.
     *
     * @throws SourceAwayException when a source cannot be read
     */
    Evidence read(GroupReader groupReader) {
        var outboxes = new Outboxes();
        var diversions = new Diversions();
        try (var order = open(Service.ORDER);
                var inventory = open(Service.INVENTORY);
                var payment = open(Service.PAYMENT);
                var shipping = open(Service.SHIPPING);
                var loyalty = open(Service.LOYALTY);
                var notification = open(Service.NOTIFICATION)) {
            topics.readTo(events);
            var groups = groupReader.read();
            events.beginRound();
            MessagingTables.read(Service.ORDER, order, share, events, outboxes);
            diversions.read(Service.ORDER, order, share);
            var orders = Orders.read(order, share);
            MessagingTables.read(Service.INVENTORY, inventory, share, events, outboxes);
            diversions.read(Service.INVENTORY, inventory, share);
            var reservations = Reservations.read(inventory, share);
            MessagingTables.read(Service.PAYMENT, payment, share, events, outboxes);
            diversions.read(Service.PAYMENT, payment, share);
            var payments = Payments.read(payment, share);
            MessagingTables.read(Service.SHIPPING, shipping, share, events, outboxes);
            diversions.read(Service.SHIPPING, shipping, share);
            var shipments = Shipments.read(shipping, share);
            MessagingTables.read(Service.LOYALTY, loyalty, share, events, outboxes);
            diversions.read(Service.LOYALTY, loyalty, share);
            var points = Points.read(loyalty, share);
            MessagingTables.read(Service.NOTIFICATION, notification, share, events, outboxes);
            diversions.read(Service.NOTIFICATION, notification, share);
            var notifications = Notifications.read(notification, share);
            var outside = sandbox.read();
            topics.readTo(events);
            return new Evidence(
                    events,
                    topics,
                    groups,
                    outboxes,
                    diversions,
                    new BusinessData(orders, reservations, payments, shipments, points, notifications),
                    outside);
        }
    }

    @Override
    public void close() {
        sandbox.close();
        topics.close();
    }

    private DatabaseSnapshot open(Service service) {
        return Objects.requireNonNull(databases.get(service), service.group()).snapshot();
    }
}
