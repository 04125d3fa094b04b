package dev.orderflow.verify.evidence;

import java.util.Objects;

/** Reads what belongs to one share of the keys, from all sources. Not thread-safe. */
final class ShareReader implements AutoCloseable {

    /** Of an order that is paid. */
    private static final int EVENTS_PER_ORDER = 6;

    private final Sources sources;
    private final Share share;
    private final EventLedger events = new EventLedger();
    private final TopicReader topics;
    private final Sandbox sandbox;

    ShareReader(Sources sources, Share share) {
        this.sources = sources;
        this.share = share;
        this.topics = new TopicReader(sources.bootstrapServers(), share);
        this.sandbox = new Sandbox(sources.sandbox(), share);
    }

    /**
     * How many events there are in all shares, about, and how many would take the room of the dead letters and holds. Topics
     * forget, and so do outboxes, before orders are forgotten; dead letters are never forgotten.
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

    /** @throws SourceAwayException when a source cannot be read */
    Evidence read(GroupReader groupReader) {
        var outboxes = new Outboxes();
        var diversions = new Diversions();
        try (var order = open(Service.ORDER);
                var inventory = open(Service.INVENTORY);
                var payment = open(Service.PAYMENT);
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
                    orders,
                    reservations,
                    payments,
                    notifications,
                    outside);
        }
    }

    @Override
    public void close() {
        sandbox.close();
        topics.close();
    }

    private DatabaseSnapshot open(Service service) {
        return new DatabaseSnapshot(
                service, Objects.requireNonNull(sources.databases().get(service), service.group()));
    }
}
