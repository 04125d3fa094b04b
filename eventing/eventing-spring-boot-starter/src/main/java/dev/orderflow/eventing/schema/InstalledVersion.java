package dev.orderflow.eventing.schema;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The version of the starter's tables in a database, which is that of the last script that was applied: as the comment of the table
 * {@code outbox} tells, which {@link PrintSql} has written, or Flyway's history.
 */
final class InstalledVersion {

    static final String COMMENT = "orderflow-eventing version ";

    private static final String COMMENTED = """
            SELECT coalesce(substring(obj_description(to_regclass('eventing.outbox'), 'pg_class') FROM '%s(\\d+)')::integer, 0)
            """;

    private static final String HAS_HISTORY = "SELECT to_regclass('eventing.eventing_schema_history') IS NOT NULL";

    /** A dozen rows. Versions of the starter are whole numbers. */
    private static final String MIGRATED = """
            SELECT coalesce(max(version::integer), 0) FROM eventing.eventing_schema_history WHERE success AND version IS NOT NULL
            """;

    private final JdbcClient jdbc;

    /** @param jdbc of {@link EventingSchema#client} */
    InstalledVersion(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 0 if there are no tables. */
    int read() {
        var commented =
                jdbc.sql(COMMENTED.replace("%s", COMMENT)).query(Integer.class).single();
        return Math.max(commented, migrated());
    }

    /** @throws IllegalStateException when the tables are missing, or older than this code */
    void require(EventingSchema schema) {
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

    private int migrated() {
        return jdbc.sql(HAS_HISTORY).query(Boolean.class).single()
                ? jdbc.sql(MIGRATED).query(Integer.class).single()
                : 0;
    }

    private static String option(String name, Optional<?> value) {
        return value.map(it -> " " + name + " " + it).orElse("");
    }
}
