package dev.orderflow.hub.query;

import dev.orderflow.hub.store.IndexedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on events, all of which must hold. Null conditions hold always.
 *
 * @param tenant whose events
 * @param from   earliest time of the record
 * @param to     time before which the record is
 * @param path   JSON path that must yield true
 */
public record EventFilter(
        String tenant,
        @Nullable String key,
        @Nullable String type,
        @Nullable String correlationId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String path) {

    /** Bounds of the times that PostgreSQL and the list's cursors represent. */
    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Returns the conditions of a live stream, which have neither time nor path. */
    public static EventFilter live(
            String tenant, @Nullable String key, @Nullable String type, @Nullable String correlationId) {
        return new EventFilter(tenant, key, type, correlationId, null, null, null);
    }

    /** Returns whether the conditions on attributes hold for an event of a tenant. */
    public boolean matches(String itsTenant, EventView event) {
        return tenant.equals(itsTenant)
                && matches(key, event.key())
                && matches(type, event.type())
                && matches(correlationId, event.correlationId());
    }

    private static boolean matches(@Nullable String wanted, String value) {
        return wanted == null || IndexedText.of(wanted).equals(value);
    }

    /** SQL and its parameters. */
    record Conditions(String sql, Map<String, Object> parameters) {}

    /** Returns the conditions. The tenant's is also the policy's, and repeated so that indexes serve it without one. */
    Conditions conditions() {
        List<String> sql = new ArrayList<>(List.of("tenant = :tenant"));
        Map<String, Object> parameters = new HashMap<>(Map.of("tenant", tenant));
        add(sql, parameters, "key = :key", "key", key == null ? null : IndexedText.of(key));
        add(sql, parameters, "type = :type", "type", type == null ? null : IndexedText.of(type));
        add(
                sql,
                parameters,
                "correlation_id = :correlationId",
                "correlationId",
                correlationId == null ? null : IndexedText.of(correlationId));
        add(sql, parameters, "record_time >= :from", "from", from == null ? null : storable(from));
        add(sql, parameters, "record_time < :to", "to", to == null ? null : storable(to));
        // Silent: a path that does not fit an event's structure does not match it.
        add(sql, parameters, "jsonb_path_match_tz(data, CAST(:path AS jsonpath), '{}', true)", "path", path);
        return new Conditions(String.join(" AND ", sql), parameters);
    }

    private static void add(
            List<String> sql, Map<String, Object> parameters, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.add(condition);
            parameters.put(name, value);
        }
    }

    private static Object storable(Instant time) {
        var earliest = time.isBefore(EARLIEST) ? EARLIEST : time;
        return (earliest.isAfter(LATEST) ? LATEST : earliest).atOffset(ZoneOffset.UTC);
    }
}
