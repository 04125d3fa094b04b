package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.loyalty.PointsReversed;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Awards points when an order is paid, and takes them back when it is cancelled. Works in memory on the {@link PointsBatch}. */
@Component
class PointsEventHandlers {

    private static final Logger log = LoggerFactory.getLogger(PointsEventHandlers.class);

    private final PointsRows rows;
    private final PointsProperties rule;
    private final PointsEvents events;
    private final Clock clock;

    PointsEventHandlers(PointsRows rows, PointsProperties rule, PointsEvents events, Clock clock) {
        this.rows = rows;
        this.rule = rule;
        this.events = events;
        this.clock = clock;
    }

    @BeforeBatch
    void load(List<OrderEvent> batch) {
        PointsBatch.load(
                rows,
                batch.stream()
                        .filter(event -> event instanceof OrderPaid || event instanceof OrderCancelled)
                        .toList());
    }

    /** Awards the points of a paid order, however late: the customer has paid for it. */
    @EventHandler(handleExpired = true)
    void award(OrderPaid paid, EventMetadata metadata) {
        var batch = PointsBatch.ofTransaction();
        var known = batch.awardOf(paid.orderId());
        if (known.isPresent()) {
            EventTenant.require(known.get().tenant());
            log.info("award=repeated orderId={}", paid.orderId());
            return;
        }
        // From before events named references. Nobody could erase an id that the ledger kept, and no replay would
        // change it.
        if (!CustomerReference.isReference(paid.customerId())) {
            log.info("award=ignored reason=\"no reference\" orderId={}", paid.orderId());
            events.ignored();
            return;
        }
        var points = rule.pointsFor(paid.total());
        var key = new PointsAccount.Key(EventTenant.current(), paid.customerId());
        var account = batch.account(key).award(points);
        var now = now();
        batch.add(PointsEntry.awarded(key, points, paid.orderId(), metadata.id(), now), account);
        events.publish(new PointsAwarded(paid.orderId(), key.customer(), points, account.balance(), now));
    }

    /** Takes the points of a cancelled order back. One without an award was never paid, or its payment was ignored. */
    @EventHandler(handleExpired = true)
    void reverse(OrderCancelled cancelled, EventMetadata metadata) {
        var batch = PointsBatch.ofTransaction();
        var orderId = cancelled.orderId();
        var known = batch.awardOf(orderId);
        known.ifPresent(award -> EventTenant.require(award.tenant()));
        if (known.isEmpty() || batch.isReversed(orderId)) {
            log.debug("reverse=ignored orderId={} awarded={}", orderId, known.isPresent());
            return;
        }
        var award = known.get();
        var account = batch.account(award.account()).reverse(award.points());
        var now = now();
        batch.add(award.reversed(metadata.id(), now), account);
        events.publish(
                new PointsReversed(orderId, award.customer(), award.points(), account.balance(), account.debt(), now));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
