package dev.orderflow.eventing.schema;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The version of the starter's tables in a database, which is that of the last applied script. It is read from the comment of the
 * table {@code outbox}, which {@link PrintSql} generates, or from Flyway's history.
 */
final class InstalledVersion {

    static final String COMMENT = "orderflow-eventing version ";

    private static final String COMMENTED = """
            SELECT coalesce(substring(obj_description(to_regclass('eventing.outbox'), 'pg_class') FROM '%s(\\d+)')::integer, 0)
            """;

    private static final String HAS_HISTORY = "SELECT to_regclass('eventing.eventing_schema_history') IS NOT NULL";

    /** Reads about a dozen rows. Versions of the starter are whole numbers. */
    private static final String MIGRATED = """
            SELECT coalesce(max(version::integer), 0) FROM eventing.eventing_schema_history WHERE success AND version IS NOT NULL
            """;

    private final JdbcOperations jdbc;
    private final EventingSchema schema;

    InstalledVersion(DataSource dataSource, EventingSchema schema) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.schema = schema;
    }

    /** Returns the version; 0 if there are no tables. */
    int read() {
        var client = schema.client(jdbc);
        return Math.max(commented(client), migrated(client));
    }

    /**
     * Must be called before tables are created, by Flyway or by the team.
     *
     * @throws IllegalStateException if only the default schema has tables: their events would never be sent
     */
    void requireNothingLeftBehind() {
        if (schema.name().isPresent() && read() == 0 && isInDefaultSchema()) {
            throw new IllegalStateException("The starter's tables are in the default schema and not yet in " + schema
                    + ", which eventing.schema names. If they are this application's, move them there, as their events would"
                    + " never be sent (ALTER TABLE … SET SCHEMA, ALTER FUNCTION … SET SCHEMA; with"
                    + " eventing_schema_history, if it is there). If they are another application's, set"
                    + " eventing.migration.ignore-default-schema=true.");
        }
    }

    /** @throws IllegalStateException when the tables are missing, or older than this code */
    void require() {
        var installed = read();
        if (installed < SchemaScripts.LATEST) {
            throw new IllegalStateException("The starter's tables in " + schema + " are "
                    + (installed == 0 ? "missing" : "of version " + installed + ", older than " + SchemaScripts.LATEST)
                    + ", and are not migrated: eventing.migration.enabled is false, or Flyway is not on the class path."
                    + " Apply what this command prints: java -cp orderflow-eventing-spring-boot-starter.jar "
                    + PrintSql.class.getName()
                    + option("--schema", schema.name())
                    + option("--after", Optional.of(installed).filter(version -> version > 0)));
        }
    }

    /** Reads the catalog only: another application's tables may be there, which this one must not read. */
    private boolean isInDefaultSchema() {
        var client = EventingSchema.UNSET.client(jdbc);
        return commented(client) > 0 || hasHistory(client);
    }

    private static int commented(JdbcClient client) {
        return client.sql(COMMENTED.replace("%s", COMMENT)).query(Integer.class).single();
    }

    private static boolean hasHistory(JdbcClient client) {
        return client.sql(HAS_HISTORY).query(Boolean.class).single();
    }

    private static int migrated(JdbcClient client) {
        return hasHistory(client) ? client.sql(MIGRATED).query(Integer.class).single() : 0;
    }

    private static String option(String name, Optional<?> value) {
        return value.map(it -> " " + name + " " + it).orElse("");
    }
}
