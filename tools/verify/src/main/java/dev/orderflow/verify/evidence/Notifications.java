package dev.orderflow.verify.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * E-mail records of notification-service.
 *
 * @param sent by order, the statuses about which an e-mail was sent
 * @param undeliverable by order, the statuses about which no e-mail can be sent
 */
public record Notifications(Map<UUID, List<String>> sent, Map<UUID, List<String>> undeliverable) {

    /** Reads the table once. */
    private static final String SENT = "SELECT order_id, string_agg(status, ' ') FROM mail WHERE %s GROUP BY order_id";

    private static final String UNDELIVERABLE =
            "SELECT order_id, string_agg(status, ' ') FROM undeliverable_mail WHERE %s GROUP BY order_id";

    static Notifications read(DatabaseSnapshot database, Share share) {
        var lists = new Lists();
        var shared = share.has("order_id", UUID.class);
        var sent = new HashMap<UUID, List<String>>();
        var undeliverable = new HashMap<UUID, List<String>>();
        database.query(
                String.format(Locale.ROOT, SENT, shared),
                row -> sent.put(row.getObject(1, UUID.class), lists.of(row.getString(2))));
        database.query(
                String.format(Locale.ROOT, UNDELIVERABLE, shared),
                row -> undeliverable.put(row.getObject(1, UUID.class), lists.of(row.getString(2))));
        return new Notifications(sent, undeliverable);
    }

    public boolean isSent(UUID order, String status) {
        return sent.getOrDefault(order, List.of()).contains(status);
    }

    public boolean isUndeliverable(UUID order, String status) {
        return undeliverable.getOrDefault(order, List.of()).contains(status);
    }
}
