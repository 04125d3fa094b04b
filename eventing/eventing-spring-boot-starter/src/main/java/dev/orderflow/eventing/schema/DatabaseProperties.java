package dev.orderflow.eventing.schema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Database of the starter's tables.
 *
 * @param schema             schema of the starter's tables, created if missing; unset: the connection's default schema
 * @param dataSource         name of the DataSource bean whose database contains the tables; unset: the only or primary one
 * @param transactionManager name of the transaction manager of that database; unset: that of the data source, or else the only or
 *                           primary one
 * @param rowSecurity        whether each transaction states the tenant whose rows it sees, for tables with policies. All data
 *                           sources of the application must then be PostgreSQL's, with auto-commit
 */
@Validated
@ConfigurationProperties("eventing")
record DatabaseProperties(
        @Nullable @Pattern(regexp = EventingSchema.NAME, message = "must be lower case letters, digits and underscores")
        String schema,

        @Nullable @Size(min = 1) String dataSource,
        @Nullable @Size(min = 1) String transactionManager,
        @DefaultValue("false") boolean rowSecurity,
        @Valid @DefaultValue Migration migration) {

    /**
     * Creation of the tables.
     *
     * @param enabled             whether Flyway creates and upgrades the tables at start-up; false: start-up only checks that
     *                            they exist
     * @param user                role that owns the tables and creates them; unset: the application's own, which then needs that right.
     *                            Reading and writing rows is enough for another
     * @param password            password of {@code user}
     * @param ignoreDefaultSchema whether the starter's tables in the default schema belong to another application, so that this
     *                            one may use a new schema
     */
    record Migration(
            @DefaultValue("true") boolean enabled,
            @Nullable String user,
            @Nullable String password,
            @DefaultValue("false") boolean ignoreDefaultSchema) {}
}
