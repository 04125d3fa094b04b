package dev.orderflow.verify.evidence;

import dev.orderflow.events.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Payments of payment-service. */
public final class Payments {

    /** Reads the tables once each and joins them by hashing. */
    private static final String PAYMENTS = """
            WITH published AS (
                SELECT key, string_agg(type, ' ' ORDER BY sequence) AS types
                FROM outbox WHERE topic = '%s' AND %s GROUP BY key
            )
            SELECT m.order_id, m.amount, m.currency, m.state, m.created_at, p.types, p.key
            FROM (SELECT * FROM payment WHERE %s) m FULL JOIN published p ON p.key = m.order_id::text
            """;

    private final Map<UUID, Payment> byOrder = new HashMap<>();
    private final Set<String> published = new HashSet<>();

    /**
     * One order's payment.
     *
     * @param published the types of its events, in the order of their sequence numbers
     */
    public record Payment(
            UUID orderId,
            BigDecimal amount,
            String currency,
            String state,
            Instant createdAt,
            List<String> published) {}

    static Payments read(DatabaseSnapshot database, Share share) {
        var payments = new Payments();
        var lists = new Lists();
        var sql = String.format(
                Locale.ROOT,
                PAYMENTS,
                Topics.PAYMENT_EVENTS,
                share.has("key", String.class),
                share.has("order_id", UUID.class));
        database.query(sql, row -> {
            var id = row.getObject(1, UUID.class);
            if (id == null) {
                payments.published.add(row.getString(7));
                return;
            }
            payments.byOrder.put(
                    id,
                    new Payment(
                            id,
                            row.getBigDecimal(2),
                            lists.canonical(row.getString(3)),
                            lists.canonical(row.getString(4)),
                            row.getObject(5, OffsetDateTime.class).toInstant(),
                            lists.of(row.getString(6))));
        });
        return payments;
    }

    public Map<UUID, Payment> byOrder() {
        return byOrder;
    }

    /** {@return keys of events about payments that do not exist} */
    public Set<String> publishedOnly() {
        return published;
    }
}
