package dev.orderflow.events.loyalty;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.customer.CustomerReference;
import java.time.Instant;
import java.util.UUID;

/** The customer spent points. */
@EventType("dev.orderflow.points.redeemed.v1")
public record PointsRedeemed(
        UUID redemptionId,

        @PersonalData(value = "to name the account", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(pattern = CustomerReference.PATTERN)
        String customerId,

        @Bounds(min = 1) Long points,
        @Bounds(min = 0) Long balance,
        Instant at)
        implements LoyaltyEvent {

    @Override
    @JsonIgnore
    public String key() {
        return redemptionId.toString();
    }
}
