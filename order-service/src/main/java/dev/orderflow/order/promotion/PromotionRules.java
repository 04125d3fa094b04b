package dev.orderflow.order.promotion;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.TopicView;
import dev.orderflow.events.promotion.PromotionChanged;
import dev.orderflow.events.promotion.PromotionEvent;
import dev.orderflow.events.promotion.PromotionKind;
import dev.orderflow.events.promotion.PromotionRemoved;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The promotions in memory, as the topic {@code promotion-rules} has announced them. The latest change of a promotion counts,
 * however often and in whatever order its events come again. One thread changes them; any thread may read.
 */
@Component
public class PromotionRules implements TopicView<PromotionEvent> {

    private static final Logger log = LoggerFactory.getLogger(PromotionRules.class);

    /** More than there may be, since removals and additions of several keys may come in another order. */
    private static final int MOST = 2 * PromotionChanges.MOST;

    /** Removed ones that are remembered, so that an older event does not bring them back. */
    private static final int MOST_REMOVED = 10_000;

    private final Map<UUID, Known> known = new HashMap<>();
    private final Map<UUID, Instant> removed = new LinkedHashMap<>();

    private volatile KnownPromotions snapshot = KnownPromotions.NONE;
    private volatile boolean complete;

    private record Known(Instant at, Promotion promotion) {}

    /**
     * Returns the promotions as they are at the moment.
     *
     * @throws Refusal while this instance does not know all promotions yet
     */
    public KnownPromotions current() {
        if (!complete) {
            throw Refusal.unavailable(
                    "promotions_unknown", "This instance has not read all promotions yet. Try again.");
        }
        return snapshot;
    }

    @Override
    public Class<PromotionEvent> events() {
        return PromotionEvent.class;
    }

    @Override
    public void apply(PromotionEvent event) {
        if (isOld(event)) {
            return;
        }
        switch (event) {
            case PromotionChanged changed -> put(changed);
            case PromotionRemoved gone -> remove(gone);
        }
        if (complete) {
            snapshot = known();
            log.info(
                    "rules=updated promotion={} version={} event={}",
                    event.promotionId(),
                    event.version(),
                    name(event));
        }
    }

    @Override
    public void completed() {
        snapshot = known();
        complete = true;
        log.info("rules=complete promotions={}", known.size());
    }

    private KnownPromotions known() {
        return KnownPromotions.of(known.values().stream().map(Known::promotion).toList());
    }

    private boolean isOld(PromotionEvent event) {
        var current = known.get(event.promotionId());
        var latest = current == null ? removed.get(event.promotionId()) : current.at();
        return latest != null && !event.at().isAfter(latest);
    }

    private void put(PromotionChanged event) {
        if (known.size() >= MOST && !known.containsKey(event.promotionId())) {
            throw new IllegalStateException("there are " + MOST + " promotions, more than there may be");
        }
        known.put(event.promotionId(), new Known(event.at(), promotion(event)));
        removed.remove(event.promotionId());
    }

    private void remove(PromotionRemoved event) {
        known.remove(event.promotionId());
        removed.put(event.promotionId(), event.at());
        if (removed.size() > MOST_REMOVED) {
            removed.remove(removed.keySet().iterator().next());
        }
    }

    /** @throws RuntimeException if the event lacks what its kind needs */
    private static Promotion promotion(PromotionChanged event) {
        return new Promotion(
                event.promotionId(),
                event.version(),
                event.name(),
                benefit(event),
                new Promotion.Conditions(event.coupon(), event.minimumTotal(), event.validFrom(), event.validTo()),
                event.priority(),
                event.exclusionGroup(),
                new Promotion.Limits(event.usageLimit(), event.perCustomerLimit()));
    }

    private static Benefit benefit(PromotionChanged event) {
        return switch (event.kind()) {
            case PERCENTAGE -> new Benefit.Percentage(needed(event.kind(), event.percentage()));
            case AMOUNT_OFF -> new Benefit.AmountOff(needed(event.kind(), event.amount()));
            case BUY_N_GET_M ->
                new Benefit.BuyNGetM(
                        needed(event.kind(), event.sku()),
                        needed(event.kind(), event.buy()),
                        needed(event.kind(), event.get()));
            case FREE_SHIPPING -> new Benefit.FreeShipping();
        };
    }

    private static <T> T needed(PromotionKind kind, @Nullable T value) {
        return Objects.requireNonNull(value, () -> kind + " needs another field");
    }

    private static String name(PromotionEvent event) {
        return switch (event) {
            case PromotionChanged _ -> "changed";
            case PromotionRemoved _ -> "removed";
        };
    }
}
