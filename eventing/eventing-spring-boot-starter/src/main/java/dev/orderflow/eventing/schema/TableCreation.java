package dev.orderflow.eventing.schema;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/**
 * Creates and upgrades the starter's tables. If the team applies the SQL itself ({@code eventing.migration.enabled=false}, or
 * Flyway is not on the class path), only checks that they exist.
 */
public final class TableCreation {

    private static final Logger LOG = LoggerFactory.getLogger(TableCreation.class);
    private static final String FLYWAY = "org.flywaydb.core.Flyway";

    private final EventingSchema schema;
    private final DatabaseProperties.Migration migration;

    TableCreation(EventingSchema schema, DatabaseProperties.Migration migration) {
        this.schema = schema;
        this.migration = migration;
    }

    /** Returns the connections of the role that creates the tables, which may be the application's own. */
    public DataSource owner(DataSource applications) {
        var user = migration.user();
        return user == null || user.isBlank()
                ? applications
                : DataSourceBuilder.derivedFrom(applications)
                        .type(SimpleDriverDataSource.class)
                        .username(user)
                        .password(migration.password())
                        .build();
    }

    /**
     * @param dataSource connections of the {@linkplain #owner owner}; their statements may take long
     * @throws IllegalStateException if tables are missing or outdated and are not created here, or if they are missing while the
     *         default schema contains those with the application's events
     */
    public void create(DataSource dataSource) {
        var installed = new InstalledVersion(dataSource, schema);
        if (!migration.ignoreDefaultSchema()) {
            installed.requireNothingLeftBehind();
        }
        if (migration.enabled() && ClassUtils.isPresent(FLYWAY, ClassUtils.getDefaultClassLoader())) {
            SchemaMigration.migrate(dataSource, schema);
        } else {
            LOG.debug("tables=checked enabled={} schema=\"{}\"", migration.enabled(), schema);
            installed.require();
        }
    }
}
