package dev.orderflow.verify.evidence;

import dev.orderflow.events.Topics;
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

/** Reservations and stock of inventory-service. */
public final class Reservations {

    /** Reads the tables once each and joins them by hashing. */
    private static final String RESERVATIONS = """
            WITH line AS (
                SELECT order_id, sum(quantity::numeric * hashtextextended(sku, 0)) AS fingerprint
                FROM reservation_line WHERE %2$s GROUP BY order_id
            ), published AS (
                SELECT key, string_agg(type, ' ' ORDER BY sequence) AS types
                FROM outbox WHERE topic = '%1$s' AND %3$s GROUP BY key
            )
            SELECT r.order_id, r.state, r.created_at, l.fingerprint, p.types, p.key
            FROM (SELECT * FROM reservation WHERE %2$s) r
                 LEFT JOIN line l ON l.order_id = r.order_id
                 FULL JOIN published p ON p.key = r.order_id::text
            """;

    /** Reads the tables once each. */
    private static final String STOCK = """
            WITH adjusted AS (
                SELECT sku, sum(delta) AS delta FROM stock_adjustment GROUP BY sku
            ), held AS (
                SELECT sku,
                       sum(quantity) FILTER (WHERE state = 'RESERVED') AS reserved,
                       sum(quantity) FILTER (WHERE state = 'COMMITTED') AS sold
                FROM reservation_line JOIN reservation USING (order_id) GROUP BY sku
            )
            SELECT sku, coalesce(available, 0), coalesce(i.reserved, 0), coalesce(i.sold, 0), coalesce(delta, 0),
                   coalesce(h.reserved, 0), coalesce(h.sold, 0)
            FROM stock_item i FULL JOIN adjusted USING (sku) FULL JOIN held h USING (sku)
            ORDER BY sku
            """;

    private final Map<UUID, Reservation> byOrder = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private final List<Stock> stock = new ArrayList<>();

    /**
     * One order's reservation.
     *
     * @param lines a fingerprint of skus and quantities
     * @param published the types of its events, in the order of their sequence numbers
     */
    public record Reservation(
            UUID orderId, String state, Instant createdAt, BigDecimal lines, List<String> published) {}

    /**
     * One product's stock.
     *
     * @param adjusted sum of manual adjustments
     * @param reservedByOrders sum of the orders' reservations
     * @param soldByOrders sum of the orders' committed reservations
     */
    public record Stock(
            String sku,
            long available,
            long reserved,
            long sold,
            long adjusted,
            long reservedByOrders,
            long soldByOrders) {}

    static Reservations read(DatabaseSnapshot database, Share share) {
        var reservations = new Reservations();
        var lists = new Lists();
        var sql = String.format(
                Locale.ROOT,
                RESERVATIONS,
                Topics.INVENTORY_EVENTS,
                share.has("order_id", UUID.class),
                share.has("key", String.class));
        database.query(sql, row -> {
            var id = row.getObject(1, UUID.class);
            if (id == null) {
                reservations.published.add(row.getString(6));
                return;
            }
            reservations.byOrder.put(
                    id,
                    new Reservation(
                            id,
                            lists.canonical(row.getString(2)),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            Orders.fingerprint(row.getBigDecimal(4)),
                            lists.of(row.getString(5))));
        });
        if (share.isFirst()) {
            reservations.readStock(database);
        }
        return reservations;
    }

    private void readStock(DatabaseSnapshot database) {
        database.query(
                STOCK,
                row -> stock.add(new Stock(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7))));
    }

    public Map<UUID, Reservation> byOrder() {
        return byOrder;
    }

    /** {@return keys of events about reservations that do not exist} */
    public Set<String> publishedOnly() {
        return published;
    }

    /** Returns all products with the first share; none with the others. */
    public List<Stock> stock() {
        return stock;
    }
}
