package dev.orderflow.order.ordering;

import static java.util.stream.Collectors.toSet;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.catalog.Catalog;
import dev.orderflow.order.catalog.Product;
import dev.orderflow.order.promotion.KnownPromotions;
import dev.orderflow.order.promotion.PricedCart;
import dev.orderflow.order.promotion.Pricing;
import dev.orderflow.order.promotion.Promotion;
import dev.orderflow.order.promotion.PromotionRules;
import dev.orderflow.order.promotion.PromotionUses;
import dev.orderflow.order.promotion.PromotionUses.Claims;
import dev.orderflow.order.promotion.PromotionUses.Wish;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prices orders by the catalog and the promotions. */
@Component
class OrderPricing {

    private final Catalog catalog;
    private final PromotionRules rules;
    private final PromotionUses uses;
    private final Clock clock;

    OrderPricing(Catalog catalog, PromotionRules rules, PromotionUses uses, Clock clock) {
        this.catalog = catalog;
        this.rules = rules;
        this.uses = uses;
        this.clock = clock;
    }

    /** An order to be priced, whose customer has this reference. */
    record Wanted(NewOrder order, String reference) {}

    /** @throws Refusal while this instance does not know all promotions */
    void requirePromotions() {
        rules.current();
    }

    /** Reads the products of all orders with one query. */
    Map<String, Product> products(Collection<NewOrder> orders) {
        return catalog.find(
                orders.stream().flatMap(order -> order.skus().stream()).collect(toSet()));
    }

    /**
     * Prices a cart for nobody but its reader.
     *
     * @param reference the customer's, if it is known
     * @throws Refusal see {@link Quote#of}
     */
    PricedCart price(String tenant, NewOrder order, Quote quote, @Nullable String reference) {
        var promotions = rules.current().find(order.coupons());
        var now = clock.instant();
        var cart = quote.cart();
        var wish = new Wish(reference, Pricing.limited(cart, promotions, order.coupons(), now));
        return Pricing.price(cart, promotions, order.coupons(), now, uses.read(tenant, wish));
    }

    /** Locks the counters of the promotions that the orders may use, in the transaction that places them. */
    Prices prices(String tenant, Map<String, Product> products, List<Wanted> orders) {
        var promotions = rules.current();
        var now = clock.instant();
        var wishes = orders.stream()
                .map(wanted -> new Wish(wanted.reference(), limited(wanted.order(), products, promotions, now)))
                .filter(wish -> !wish.promotions().isEmpty())
                .toList();
        return new Prices(products, promotions, uses.lock(tenant, wishes), now);
    }

    private static List<Promotion> limited(
            NewOrder order, Map<String, Product> products, KnownPromotions promotions, Instant now) {
        var offered = promotions.find(order.coupons());
        if (offered.stream().noneMatch(promotion -> promotion.limits().isLimited())) {
            return List.of();
        }
        try {
            var cart = Quote.of(order.lines(), products).cart();
            return Pricing.limited(cart, offered, order.coupons(), now);
        } catch (Refusal e) {
            return List.of(); // The order will be refused for the same reason.
        }
    }

    /** Prices of the orders of one tenant that a transaction places. Used by one thread at a time. */
    static final class Prices {

        private final Map<String, Product> products;
        private final KnownPromotions promotions;
        private final Claims claims;
        private final Instant at;

        private Prices(Map<String, Product> products, KnownPromotions promotions, Claims claims, Instant at) {
            this.products = products;
            this.promotions = promotions;
            this.claims = claims;
            this.at = at;
        }

        /**
         * Prices an order, which is then placed, and claims its uses of promotions.
         *
         * @param references by customers; known only for those of orders that the catalog can serve
         * @throws Refusal if the catalog cannot serve the order, or a coupon cannot be applied
         */
        Quote price(UUID id, NewOrder order, UnaryOperator<String> references) {
            var listed = Quote.of(order.lines(), products);
            var offered = claims.limited(promotions.find(order.coupons()));
            if (offered.isEmpty() && order.coupons().isEmpty()) {
                return listed;
            }
            var reference = references.apply(order.customerId());
            var priced = Pricing.price(listed.cart(), offered, order.coupons(), at, claims.of(reference));
            CouponRefusal.refuseUnapplied(order.coupons(), priced);
            var quote = listed.discounted(priced);
            priced.applied().forEach(applied -> claims.claim(id, applied.promotion(), reference));
            return quote;
        }

        /** Counts the uses that were claimed. */
        void finish() {
            claims.write();
        }
    }
}
