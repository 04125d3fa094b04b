package dev.orderflow.demo.verify.evidence;

import java.util.Objects;

/**
 * Reads the evidence, again and again. The order in which the sources are read matters while services run: what a group has
 * committed before its inbox is read must be in the inbox; what was on a topic before the outboxes are read must be in one;
 * and what an outbox says was sent must be on the topic that is read after it. Not thread-safe.
 */
public final class EvidenceReader implements AutoCloseable {

    private final Sources sources;
    private final EventLedger events = new EventLedger();
    private final TopicReader topics;
    private final GroupReader groupReader;
    private final Sandbox sandbox;

    public EvidenceReader(Sources sources) {
        this.sources = sources;
        this.topics = new TopicReader(sources.bootstrapServers());
        this.groupReader = new GroupReader(sources.bootstrapServers());
        this.sandbox = new Sandbox(sources.sandbox());
    }

    /** @throws SourceAwayException when a source cannot be read */
    public Evidence read() {
        var outboxes = new Outboxes();
        var diversions = new Diversions();
        try (var order = open(Service.ORDER);
                var inventory = open(Service.INVENTORY);
                var payment = open(Service.PAYMENT);
                var notification = open(Service.NOTIFICATION)) {
            topics.readTo(events);
            var groups = groupReader.read();
            events.beginRound();
            MessagingTables.read(Service.ORDER, order, events, outboxes);
            diversions.read(Service.ORDER, order);
            var orders = Orders.read(order);
            MessagingTables.read(Service.INVENTORY, inventory, events, outboxes);
            diversions.read(Service.INVENTORY, inventory);
            var reservations = Reservations.read(inventory);
            MessagingTables.read(Service.PAYMENT, payment, events, outboxes);
            diversions.read(Service.PAYMENT, payment);
            var payments = Payments.read(payment);
            MessagingTables.read(Service.NOTIFICATION, notification, events, outboxes);
            diversions.read(Service.NOTIFICATION, notification);
            var notifications = Notifications.read(notification);
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
        groupReader.close();
        topics.close();
    }

    private DatabaseSnapshot open(Service service) {
        return new DatabaseSnapshot(
                service, Objects.requireNonNull(sources.databases().get(service), service.group()));
    }
}
