package dev.orderflow.events.loyalty;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.customer.CustomerReference;
import java.time.Instant;
import java.util.UUID;

/**
 * The customer received points for a paid order, of which its debt took the part that the balance does not show.
 *
 * @param points 0 if the total was less than a point costs
 */
@EventType("dev.orderflow.points.awarded.v1")
public record PointsAwarded(
        UUID orderId,

        @PersonalData(value = "to name the account", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(pattern = CustomerReference.PATTERN)
        String customerId,

        @Bounds(min = 0) Long points,
        @Bounds(min = 0) Long balance,
        Instant at)
        implements LoyaltyEvent {

    @Override
    @JsonIgnore
    public String key() {
        return orderId.toString();
    }
}
