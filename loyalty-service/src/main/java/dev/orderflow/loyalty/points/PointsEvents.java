package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.loyalty.LoyaltyEvent;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.loyalty.PointsRedeemed;
import dev.orderflow.events.loyalty.PointsReversed;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Publishes what changes an account, in the transaction that changes it, and counts it after the commit. */
@Component
class PointsEvents {

    private final EventPublisher events;
    private final MeterRegistry meters;

    PointsEvents(EventPublisher events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
    }

    void publish(LoyaltyEvent event) {
        events.publish(event);
        var change = switch (event) {
            case PointsAwarded _ -> "awarded";
            case PointsReversed _ -> "reversed";
            case PointsRedeemed _ -> "redeemed";
        };
        CommittedCounts.add(meters.counter("loyalty.entries", "change", change), 1);
        CommittedCounts.add(meters.counter("loyalty.points", "change", change), event.points());
    }

    /** Counts a paid order that earns nothing, once the transaction has committed. */
    void ignored() {
        CommittedCounts.add(meters.counter("loyalty.awards.ignored"), 1);
    }
}
