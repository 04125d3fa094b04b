package dev.orderflow.order.promotion;

import static java.util.stream.Collectors.toSet;

import dev.orderflow.order.promotion.CounterTable.Claim;
import dev.orderflow.order.promotion.CounterTable.Count;
import dev.orderflow.order.promotion.Promotion.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts the orders that use promotions with a limit, for each tenant. Concurrent orders never exceed a limit: a transaction locks
 * the counters before it prices its orders, and counts them before it commits. Counters whose limit is reached are not locked, so
 * that a promotion which is used up delays nobody. A limit that was lowered counts from the commit that lowered it, though this
 * instance may not know of it yet.
 * <p>
 * Call {@link #lock} before any other lock that is not the customers', and once per tenant of a transaction.
 */
@Component
public class PromotionUses {

    private final CounterTable table;
    private final PromotionTable promotions;

    PromotionUses(CounterTable table, PromotionTable promotions) {
        this.table = table;
        this.promotions = promotions;
    }

    /**
     * Promotions that an order may use.
     *
     * @param reference  the customer's; null for one who has none
     * @param promotions those with a limit
     */
    public record Wish(@Nullable String reference, Collection<Promotion> promotions) {}

    /** Reads the uses of promotions, of which a cart may get some. Joins the current transaction. */
    public Uses read(String tenant, Wish wish) {
        return uses(table.read(tenant, limits(List.of(wish)).keySet()), wish.reference());
    }

    /** Locks the counters of all promotions that the orders of a transaction may use. */
    public Claims lock(String tenant, Collection<Wish> wishes) {
        var limits = limits(wishes);
        var counts = new HashMap<>(table.read(tenant, limits.keySet()));
        var open = new HashSet<>(limits.keySet());
        counts.forEach((counter, count) -> {
            if (count.used() >= limits.get(counter)) {
                open.remove(counter);
            }
        });
        if (open.isEmpty()) {
            return new Claims(counts, Map.of());
        }
        counts.putAll(table.lock(tenant, open));
        return new Claims(counts, promotions.newerLimits(promotions(wishes)));
    }

    private static Collection<Promotion> promotions(Collection<Wish> wishes) {
        return wishes.stream().flatMap(wish -> wish.promotions().stream()).collect(toSet());
    }

    /** Gives an order's uses back, in the transaction that cancels it and has locked it. */
    public void giveBack(UUID order) {
        table.giveBack(order);
    }

    private static Map<Counter, Integer> limits(Collection<Wish> wishes) {
        var limits = new HashMap<Counter, Integer>();
        for (var wish : wishes) {
            for (var promotion : wish.promotions()) {
                counters(promotion, wish.reference())
                        .forEach((counter, limit) -> limits.merge(counter, limit, Math::max));
            }
        }
        return limits;
    }

    /** Returns the counters of an order that uses the promotion, with their limits. */
    private static Map<Counter, Integer> counters(Promotion promotion, @Nullable String reference) {
        var counters = new HashMap<Counter, Integer>();
        var total = promotion.limits().total();
        var perCustomer = promotion.limits().perCustomer();
        if (total != null) {
            counters.put(Counter.ofAll(promotion.id()), total);
        }
        if (perCustomer != null && reference != null) {
            counters.put(Counter.ofCustomer(promotion.id(), reference), perCustomer);
        }
        return counters;
    }

    private static Uses uses(Map<Counter, Count> counts, @Nullable String reference) {
        return new Uses() {
            @Override
            public long total(UUID promotion) {
                return used(Counter.ofAll(promotion));
            }

            @Override
            public long ofCustomer(UUID promotion) {
                return reference == null ? 0 : used(Counter.ofCustomer(promotion, reference));
            }

            private long used(Counter counter) {
                var count = counts.get(counter);
                return count == null ? 0 : count.used();
            }
        };
    }

    /** Uses that a transaction claims. Used by one thread at a time. */
    public final class Claims {

        private final Map<Counter, Count> counts;
        private final Map<UUID, Limits> newer;
        private final List<Claim> claims = new ArrayList<>();

        private Claims(Map<Counter, Count> counts, Map<UUID, Limits> newer) {
            this.counts = counts;
            this.newer = newer;
        }

        /** Returns the promotions with the limits up to which they may be claimed. */
        public List<Promotion> limited(List<Promotion> known) {
            return newer.isEmpty() ? known : known.stream().map(this::limited).toList();
        }

        private Promotion limited(Promotion known) {
            var limits = newer.get(known.id());
            return limits == null ? known : known.with(known.limits().loweredTo(limits));
        }

        /** Returns the uses by a customer's next order, with those that were claimed before. */
        public Uses of(String reference) {
            return uses(counts, reference);
        }

        /**
         * Claims an order's use of a promotion of {@link #limited} that applies to it. The order must be placed, or the transaction
         * roll back.
         */
        public void claim(UUID order, Promotion promotion, String reference) {
            counters(promotion, reference).forEach((counter, limit) -> claim(order, counter, limit));
        }

        /** Counts what was claimed. */
        public void write() {
            table.add(claims);
            claims.clear();
        }

        private void claim(UUID order, Counter counter, int limit) {
            var count = counts.get(counter);
            if (count == null) {
                throw new IllegalStateException("the counter of promotion " + counter.promotion() + " is not locked");
            }
            claims.add(new Claim(order, count.id(), limit));
            counts.put(counter, new Count(count.id(), counter, count.used() + 1));
        }
    }
}
