package dev.orderflow.verify.evidence;

import dev.orderflow.events.Topics;
import dev.orderflow.events.timer.PaymentDue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders of order-service. */
public final class Orders {

    /** Reads the tables once each and joins them by hashing. Fingerprints are compared with those of {@link Reservations}. */
    private static final String ORDERS = """
            WITH history AS (
                SELECT order_id, string_agg(status, ' ' ORDER BY position) AS statuses
                FROM order_status_change WHERE %2$s GROUP BY order_id
            ), line AS (
                SELECT order_id, sum(amount - discount) AS amount, sum(discount) AS discount,
                       bool_and(amount = quantity * unit_price AND discount BETWEEN 0 AND amount) AS is_priced,
                       sum(quantity::numeric * hashtextextended(sku, 0)) AS fingerprint
                FROM order_line WHERE %2$s GROUP BY order_id
            ), published AS (
                SELECT key, string_agg(type, ' ' ORDER BY sequence) AS types
                FROM outbox WHERE topic = '%1$s' AND %3$s GROUP BY key
            )
            SELECT o.id, o.status, o.reason, o.currency, o.total, o.placed_at, h.statuses,
                   l.amount = o.total AND l.is_priced AND l.discount = d.amount, l.fingerprint, p.types, p.key,
                   o.deadline < now()
            FROM (SELECT * FROM orders WHERE %4$s) o
                 LEFT JOIN history h ON h.order_id = o.id
                 LEFT JOIN line l ON l.order_id = o.id
                 LEFT JOIN LATERAL (
                     SELECT coalesce(sum((each.value ->> 'amount')::numeric), 0) AS amount
                     FROM jsonb_array_elements(o.discounts::jsonb) AS each) d ON TRUE
                 FULL JOIN published p ON p.key = o.id::text
            """;

    /** Reads the table once. */
    private static final String TIMERS = """
            SELECT key::uuid, count(*), min(due) < now() FROM scheduled_event WHERE family = '%s' AND %s GROUP BY key
            """;

    private static final String TIMER_FAMILY = Service.typeOf(PaymentDue.class).replaceFirst("\\.v\\d+$", "");

    /** Reads the tables once each. Claims of orders that were deleted since are missing. */
    private static final String USES = """
            WITH claim AS (
                SELECT counter_id, count(*) AS orders,
                       count(*) FILTER (WHERE o.id IS NULL OR o.status = 'CANCELLED') AS ended
                FROM promotion_claim LEFT JOIN orders o ON o.id = order_id GROUP BY counter_id
            ), given_back AS (
                SELECT counter_id, count(*) AS orders FROM promotion_return GROUP BY counter_id
            )
            SELECT c.promotion_id, c.used - coalesce(r.orders, 0), c.usage_limit, coalesce(l.orders, 0),
                   coalesce(l.ended, 0)
            FROM promotion_counter c
                 LEFT JOIN claim l ON l.counter_id = c.id
                 LEFT JOIN given_back r ON r.counter_id = c.id
            """;

    private static final String SIZE = "SELECT count(*) FROM orders";

    /** Statuses of a paid order. */
    private static final Set<String> PAID = Set.of("PAID", "SHIPPED", "DELIVERED");

    private final Map<UUID, Order> byId = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private final Map<UUID, Timers> timers = new HashMap<>();
    private final List<Uses> uses = new ArrayList<>();

    /**
     * Scheduled events of one order.
     *
     * @param isDue whether one of them should have been published
     */
    public record Timers(long scheduled, boolean isDue) {}

    /**
     * Counted uses of a promotion by all customers of a tenant, or by one.
     *
     * @param claimed orders that hold one
     * @param ended   those of them that are cancelled or do not exist
     */
    public record Uses(UUID promotion, long counted, long limit, long claimed, long ended) {}

    /**
     * One order.
     *
     * @param statuses its history, oldest first
     * @param isPriced whether the lines' amounts are quantity times price and, less the discounts, sum up to the total
     * @param lines a fingerprint of skus and quantities
     * @param published the types of its events, in the order of their sequence numbers
     * @param isOverdue whether its deadline has passed, so that inventory may have skipped it
     */
    public record Order(
            UUID id,
            String status,
            @Nullable String reason,
            String currency,
            BigDecimal total,
            Instant placedAt,
            List<String> statuses,
            boolean isPriced,
            BigDecimal lines,
            List<String> published,
            boolean isOverdue) {

        /** Returns whether it is paid, whatever became of its parcel since, or cancelled. */
        public boolean isFinal() {
            return isPaid() || status.equals("CANCELLED");
        }

        /** Returns whether it is paid and not cancelled. */
        public boolean isPaid() {
            return PAID.contains(status);
        }

        /** Returns its status, with the reason if it is cancelled. */
        public String outcome() {
            return reason == null ? status : status + " (" + reason + ")";
        }
    }

    /** Returns the number of orders. */
    static long size(DatabaseSnapshot database) {
        return database.number(SIZE);
    }

    static Orders read(DatabaseSnapshot database, Share share) {
        var orders = new Orders();
        var lists = new Lists();
        var sql = String.format(
                Locale.ROOT,
                ORDERS,
                Topics.ORDER_EVENTS,
                share.has("order_id", UUID.class),
                share.has("key", String.class),
                share.has("id", UUID.class));
        database.query(sql, row -> {
            var id = row.getObject(1, UUID.class);
            if (id == null) {
                orders.published.add(row.getString(11));
                return;
            }
            orders.byId.put(
                    id,
                    new Order(
                            id,
                            lists.canonical(row.getString(2)),
                            lists.canonicalOrNull(row.getString(3)),
                            lists.canonical(row.getString(4)),
                            row.getBigDecimal(5),
                            row.getObject(6, OffsetDateTime.class).toInstant(),
                            lists.of(row.getString(7)),
                            row.getBoolean(8),
                            fingerprint(row.getBigDecimal(9)),
                            lists.of(row.getString(10)),
                            row.getBoolean(12)));
        });
        database.query(
                String.format(Locale.ROOT, TIMERS, TIMER_FAMILY, share.has("key", String.class)),
                row -> orders.timers.put(row.getObject(1, UUID.class), new Timers(row.getLong(2), row.getBoolean(3))));
        if (share.isFirst()) {
            orders.readUses(database);
        }
        return orders;
    }

    private void readUses(DatabaseSnapshot database) {
        database.query(
                USES,
                row -> uses.add(new Uses(
                        row.getObject(1, UUID.class), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))));
    }

    public Map<UUID, Order> byId() {
        return byId;
    }

    /** {@return by order, its scheduled events at the same moment} */
    public Map<UUID, Timers> timers() {
        return timers;
    }

    /** Returns the uses of promotions with a limit, with the first share; none with the others. */
    public List<Uses> uses() {
        return uses;
    }

    /** {@return keys of events about orders that do not exist} */
    public Set<String> publishedOnly() {
        return published;
    }

    static BigDecimal fingerprint(@Nullable BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }
}
