package dev.orderflow.eventing.schema;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database schema of the starter's tables and functions.
 * <p>
 * SQL in this code qualifies them with {@code eventing}, as in {@code eventing.outbox}. This class replaces the qualifier with
 * the configured schema. If no schema is configured, it drops the qualifier, and the tables are in the connection's default
 * schema. Statements contain the schema because they run on the application's connections and in its transactions. With a
 * {@code search_path}, the application's statements could find the starter's tables instead of its own tables of the same name,
 * or vice versa.
 * <p>
 * A statement that reaches the database without this replacement fails, regardless of the configuration.
 */
public final class EventingSchema {

    /** Pattern of {@code eventing.schema}: names that are equal with and without quotation marks. */
    public static final String NAME = "[a-z_][a-z0-9_]{0,62}";

    /** The connection's default schema. */
    public static final EventingSchema UNSET = new EventingSchema(null);

    private static final String QUALIFIER = "eventing.";
    private static final Pattern VALID = Pattern.compile(NAME);

    private final @Nullable String name;
    private final String prefix;

    private EventingSchema(@Nullable String name) {
        this.name = name;
        this.prefix = name == null ? "" : "\"" + name + "\".";
    }

    /**
     * @param name null for the connection's default schema
     * @throws IllegalArgumentException if the name does not match {@link #NAME}
     */
    public static EventingSchema of(@Nullable String name) {
        if (name == null) {
            return UNSET;
        }
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("a schema name must match " + NAME + ", unlike " + name);
        }
        return new EventingSchema(name);
    }

    /** Returns the schema's name; empty for the connection's default schema. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Returns the SQL to execute. Call it once for statements that are prepared often. */
    public String sql(String text) {
        return text.replace(QUALIFIER, prefix);
    }

    /** Returns a client that accepts SQL with the qualifier. */
    public JdbcClient client(JdbcOperations jdbc) {
        var client = JdbcClient.create(jdbc);
        return text -> client.sql(sql(text));
    }

    @Override
    public String toString() {
        return name == null ? "the default schema" : "schema " + name;
    }
}
