package dev.orderflow.eventing.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PrintSqlIT {

    private static final DatabaseProperties.Migration OWN_TOOL =
            new DatabaseProperties.Migration(false, null, null, false);

    /** Everything that a script may define, without the names of schemas. */
    private static final String CATALOG = """
            SELECT concat_ws(' ', c.relname, c.relkind, c.relpersistence, c.reloptions, a.attname, a.attnotnull, a.attidentity,
                             format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), pg_get_indexdef(i.indexrelid))
            FROM pg_class c
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE c.relnamespace = to_regnamespace(?) AND c.relname NOT LIKE 'eventing_schema_history%'
            UNION ALL
            SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = to_regnamespace(?) AND conrelid::regclass::text NOT LIKE '%schema_history'
            UNION ALL
            SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = to_regnamespace(?)
            UNION ALL
            SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = to_regnamespace(?) AND NOT t.tgisinternal
            ORDER BY 1
            """;

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"messages", "user"})
    void whatIsPrintedMakesTheSameTablesAsTheMigration(@Nullable String name) throws Exception {
        var schema = EventingSchema.of(name);
        var applied = dataSource();
        EventingTables.apply(applied, printed(name == null ? List.of() : List.of("--schema", name)));
        var migrated = dataSource();
        SchemaMigration.migrate(migrated, schema);

        assertThat(catalog(applied, name)).isEqualTo(catalog(migrated, name)).hasSizeGreaterThan(100);
        new InstalledVersion(applied, schema).require();
    }

    @Test
    void anUpgradePrintsTheLaterScriptsAlone() throws Exception {
        var applied = dataSource();
        EventingTables.create(applied, "9");

        EventingTables.apply(applied, printed(List.of("--after", "9")));

        var migrated = dataSource();
        EventingTables.create(migrated);
        assertThat(catalog(applied, null)).isEqualTo(catalog(migrated, null));
    }

    @Test
    void missingTablesStopTheStartWithTheCommandThatPrintsThem() {
        assertThatThrownBy(() -> new TableCreation(EventingSchema.of("messages"), OWN_TOOL).create(dataSource()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("eventing.migration.enabled")
                .hasMessageContaining(PrintSql.class.getName() + " --schema messages");
    }

    @Test
    void olderTablesStopTheStartWithTheCommandThatUpgradesThem() {
        var dataSource = dataSource();
        EventingTables.create(dataSource, "11");

        assertThatThrownBy(() -> new TableCreation(EventingSchema.UNSET, OWN_TOOL).create(dataSource))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of version 11")
                .hasMessageContaining("--after 11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--schema", "--schema A", "--after x", "--schema a --after"})
    void otherArgumentsAreAnsweredWithTheUsage(String arguments) {
        var errors = new ByteArrayOutputStream();

        var code = PrintSql.run(
                arguments.split(" "),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(errors, true, UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString(UTF_8)).startsWith("Usage: PrintSql");
    }

    /** Runs the command that a team would run: nothing but the starter is on the class path. */
    private static String printed(List<String> options) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target/classes").toAbsolutePath().toString(),
                PrintSql.class.getName()));
        command.addAll(options);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var sql = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return sql;
    }

    private static List<String> catalog(DriverManagerDataSource dataSource, @Nullable String schema) {
        var name = Optional.ofNullable(schema).orElse("public");
        return new JdbcTemplate(dataSource).queryForList(CATALOG, String.class, name, name, name, name);
    }

    private static DriverManagerDataSource dataSource() {
        var database = TestInfrastructure.get().createDatabase("printed");
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
