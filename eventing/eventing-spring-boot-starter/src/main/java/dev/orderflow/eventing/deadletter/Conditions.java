package dev.orderflow.eventing.deadletter;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions of a query, all of which must hold. Its SQL consists of constants; values are parameters, always. */
final class Conditions {

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> parameters = new HashMap<>();

    /** Adds a condition that has the parameter {@code name}, unless the value is null: then anything will do. */
    Conditions and(String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.put(name, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
        return this;
    }

    String sql() {
        return sql.toString();
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
