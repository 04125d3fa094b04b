package dev.orderflow.verify.evidence;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evidence at one moment, as far as several databases and topics have a common moment. */
public final class Evidence {

    private final EventLedger events;
    private final TopicReader topics;
    private final ConsumerGroups groups;
    private final Outboxes outboxes;
    private final Diversions diversions;
    private final BusinessData data;
    private final OutsideWorld outside;
    private final InFlight inFlight;

    Evidence(
            EventLedger events,
            TopicReader topics,
            ConsumerGroups groups,
            Outboxes outboxes,
            Diversions diversions,
            BusinessData data,
            OutsideWorld outside) {
        this.events = events;
        this.topics = topics;
        this.groups = groups;
        this.outboxes = outboxes;
        this.diversions = diversions;
        this.data = data;
        this.outside = outside;
        this.inFlight = InFlight.of(events, groups, outboxes, diversions);
    }

    public EventLedger events() {
        return events;
    }

    public StreamOrder order() {
        return topics.order();
    }

    /** {@return the places of records that are not events} */
    public Set<Place> strangers() {
        return topics.strangers();
    }

    /** Returns the time up to which retention has removed records, see {@link TopicReader#removedUpTo}. */
    public @Nullable Instant removedUpTo(String topic, String key) {
        return topics.removedUpTo(topic, key);
    }

    /** Returns whether {@code service}'s consumer group has committed an offset beyond the event. */
    public boolean isPast(Service service, int event) {
        return groups.isPast(service, events, event);
    }

    /** Returns whether {@code service}'s consumer group has committed an offset beyond the record. */
    public boolean isPast(Service service, Place place) {
        return groups.isPast(service, place);
    }

    public Outboxes outboxes() {
        return outboxes;
    }

    public Diversions diversions() {
        return diversions;
    }

    public Orders orders() {
        return data.orders();
    }

    public Reservations reservations() {
        return data.reservations();
    }

    public Payments payments() {
        return data.payments();
    }

    public Shipments shipments() {
        return data.shipments();
    }

    public Points points() {
        return data.points();
    }

    public Notifications notifications() {
        return data.notifications();
    }

    public OutsideWorld outside() {
        return outside;
    }

    public InFlight inFlight() {
        return inFlight;
    }

    /** Returns a value that changes when something happens in the suite. */
    public long fingerprint() {
        var hash = 0L;
        for (var event = 0; event < events.size(); event++) {
            hash = 31 * hash + events.state(event);
        }
        hash = 31 * hash + diversions.holds().hashCode();
        hash = 31 * hash + diversions.letters().hashCode();
        return 31 * hash + groups.committed().hashCode();
    }
}
