package dev.orderflow.events.loyalty;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.time.Instant;

/** A change of a customer's points. Each change has one event. */
@EventTopic(value = Topics.LOYALTY_EVENTS, owner = Topics.LOYALTY_SERVICE)
public sealed interface LoyaltyEvent extends DomainEvent permits PointsAwarded, PointsReversed, PointsRedeemed {

    /** The customer's {@link dev.orderflow.events.customer.CustomerReference}. */
    String customerId();

    /** Points by which the account changed, without a sign. */
    Long points();

    /** Points that the customer may redeem after the change. */
    Long balance();

    /** Time of the change. */
    Instant at();
}
