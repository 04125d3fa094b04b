package dev.orderflow.events.loyalty;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.customer.CustomerReference;
import java.time.Instant;
import java.util.UUID;

/**
 * The points of a cancelled order were taken back.
 *
 * @param points as many as the order's award
 * @param debt   points that were redeemed before they could be taken back, and that later awards settle
 */
@EventType("dev.orderflow.points.reversed.v1")
public record PointsReversed(
        UUID orderId,

        @PersonalData(value = "to name the account", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(pattern = CustomerReference.PATTERN)
        String customerId,

        @Bounds(min = 0) Long points,
        @Bounds(min = 0) Long balance,
        @Bounds(min = 0) Long debt,
        Instant at)
        implements LoyaltyEvent {

    @Override
    @JsonIgnore
    public String key() {
        return orderId.toString();
    }
}
