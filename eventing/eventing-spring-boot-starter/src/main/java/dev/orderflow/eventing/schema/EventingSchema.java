package dev.orderflow.eventing.schema;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database schema of the starter's tables and functions.
 * <p>
 * SQL in this code names them as {@code eventing.outbox}. This class puts the configured schema in the place of the qualifier; it
 * drops the qualifier when no schema is configured, and the tables are in the connection's default schema. Statements name the
 * schema themselves because they run on the application's connections and in its transactions: a {@code search_path} could let the
 * application's statements find the starter's tables instead of its own ones of the same name, or the other way round.
 * <p>
 * A statement that reaches the database without this replacement fails, whether a schema is configured or not.
 */
public final class EventingSchema {

    /** What {@code eventing.schema} may be: a name that means the same with and without quotation marks. */
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
     * @param name null: the connection's default schema
     * @throws IllegalArgumentException for a name that does not match {@link #NAME}
     */
    public static EventingSchema of(@Nullable String name) {
        if (name == null) {
            return UNSET;
        }
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain schema name, which would match " + NAME + ": " + name);
        }
        return new EventingSchema(name);
    }

    /** Empty: the connection's default schema. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The SQL to execute. Replaced once where a statement is prepared often. */
    public String sql(String text) {
        return text.replace(QUALIFIER, prefix);
    }

    /** A client that takes SQL with the qualifier. */
    public JdbcClient client(JdbcOperations jdbc) {
        var client = JdbcClient.create(jdbc);
        return text -> client.sql(sql(text));
    }

    @Override
    public String toString() {
        return name == null ? "the default schema" : "schema " + name;
    }
}
