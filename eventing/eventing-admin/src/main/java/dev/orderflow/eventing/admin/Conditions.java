package dev.orderflow.eventing.admin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions of a query, joined by AND. The SQL consists of constants only; values are always parameters. */
public final class Conditions {

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> parameters = new HashMap<>();

    /** Adds a condition with the parameter {@code name}. A null value adds nothing. */
    public Conditions and(String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.put(name, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
        return this;
    }

    public String sql() {
        return sql.toString();
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}
