package dev.orderflow.verify.evidence;

import dev.orderflow.events.Topics;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Shipments of shipping-service. */
public final class Shipments {

    /** Reads the tables once each and joins them by hashing. */
    private static final String SHIPMENTS = """
            WITH published AS (
                SELECT key, string_agg(type, ' ' ORDER BY sequence) AS types
                FROM outbox WHERE topic = '%s' AND %s GROUP BY key
            )
            SELECT s.order_id, s.state, s.stop_refused, s.created_at, p.types, p.key
            FROM (SELECT * FROM shipment WHERE %s) s FULL JOIN published p ON p.key = s.order_id::text
            """;

    private final Map<UUID, Shipment> byOrder = new HashMap<>();
    private final Set<String> published = new HashSet<>();

    /**
     * One order's shipment.
     *
     * @param stopRefused whether the order was cancelled and the parcel had already left, which must not happen
     * @param published the types of its events, in the order of their sequence numbers
     */
    public record Shipment(
            UUID orderId, String state, boolean stopRefused, Instant createdAt, List<String> published) {}

    static Shipments read(DatabaseSnapshot database, Share share) {
        var shipments = new Shipments();
        var lists = new Lists();
        var sql = String.format(
                Locale.ROOT,
                SHIPMENTS,
                Topics.SHIPPING_EVENTS,
                share.has("key", String.class),
                share.has("order_id", UUID.class));
        database.query(sql, row -> {
            var id = row.getObject(1, UUID.class);
            if (id == null) {
                shipments.published.add(row.getString(6));
                return;
            }
            shipments.byOrder.put(
                    id,
                    new Shipment(
                            id,
                            lists.canonical(row.getString(2)),
                            row.getBoolean(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            lists.of(row.getString(5))));
        });
        return shipments;
    }

    public Map<UUID, Shipment> byOrder() {
        return byOrder;
    }

    /** {@return keys of events about shipments that do not exist} */
    public Set<String> publishedOnly() {
        return published;
    }
}
