package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SchemaMigrationIT {

    private static final EventingSchema MESSAGES = EventingSchema.of("messages");

    private final DriverManagerDataSource dataSource = dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);

    @Test
    void aMissingSchemaIsCreatedWithAllTables() {
        SchemaMigration.migrate(dataSource, MESSAGES);
        SchemaMigration.migrate(dataSource, MESSAGES);

        assertThat(installed(MESSAGES)).isEqualTo(SchemaScripts.LATEST);
        assertThat(jdbc.queryForList("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", String.class))
                .isEmpty();
    }

    @Test
    void aSchemaThatHoldsOtherTablesIsUsedAsItIs() {
        jdbc.execute("CREATE SCHEMA messages");
        jdbc.execute("CREATE TABLE messages.other (id bigint)");

        SchemaMigration.migrate(dataSource, MESSAGES);

        assertThat(installed(MESSAGES)).isEqualTo(SchemaScripts.LATEST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsInTheDefaultSchemaAreNotLeftBehind(boolean migrates) {
        EventingTables.create(dataSource);
        jdbc.execute("CREATE SCHEMA messages");

        assertLeftBehind(migrates);
    }

    /** A team's own tool keeps no history that the starter knows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsInTablesThatWerePrintedAreNotLeftBehind(boolean migrates) {
        EventingTables.apply(dataSource, new PrintSql(Optional.empty(), 0).sql());

        assertLeftBehind(migrates);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tablesThatMustNotBeReadAreReported(boolean migrates) {
        EventingTables.create(dataSource);
        jdbc.execute("REVOKE ALL ON eventing_schema_history, outbox FROM CURRENT_USER");

        assertLeftBehind(migrates);
    }

    @Test
    void withoutMigrationTheTablesOfAnotherApplicationAreNoneOfThisOne() {
        EventingTables.create(dataSource);

        assertThatThrownBy(() -> creation(false, true).create(dataSource))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("--schema messages");
    }

    private void assertLeftBehind(boolean migrates) {
        assertThatThrownBy(() -> creation(migrates, false).create(dataSource))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in the default schema and not yet in schema messages")
                .hasMessageContaining("eventing.migration.ignore-default-schema");
    }

    /** Several applications may share a database. */
    @Test
    void theTablesOfAnotherApplicationDoNotMatter() {
        EventingTables.create(dataSource);

        creation(true).create(dataSource);
        creation(false).create(dataSource);

        assertThat(installed(MESSAGES)).isEqualTo(SchemaScripts.LATEST);
        assertThat(installed(EventingSchema.UNSET)).isEqualTo(SchemaScripts.LATEST);
    }

    @Test
    void tablesThatAreMovedToASchemaAreUsedThere() {
        EventingTables.create(dataSource);
        jdbc.update("INSERT INTO inbox (consumer, event_id) VALUES ('test', gen_random_uuid())");
        jdbc.execute("CREATE SCHEMA messages");
        jdbc.execute("""
                DO $$
                DECLARE
                    moved text;
                BEGIN
                    FOR moved IN SELECT format('TABLE %s', oid::regclass)
                                 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                                 UNION ALL
                                 SELECT format('FUNCTION %s', oid::regprocedure)
                                 FROM pg_proc WHERE pronamespace = 'public'::regnamespace LOOP
                        EXECUTE format('ALTER %s SET SCHEMA messages', moved);
                    END LOOP;
                END
                $$
                """);

        creation(false).create(dataSource);

        var client = MESSAGES.client(jdbc);
        assertThat(client.sql("SELECT count(*) FROM eventing.inbox")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(client.sql("SELECT eventing.outbox_adopt()")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void idsThatTheDatabaseDrawsAreOrderedByTimeOnEveryServer() {
        SchemaMigration.migrate(dataSource, MESSAGES);

        var ids = IntStream.range(0, 50).mapToObj(number -> draw()).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allSatisfy(id -> {
            assertThat(UUID.fromString(id).version()).isEqualTo(7);
            assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        });
        var now = System.currentTimeMillis();
        assertThat(millis(ids)).allSatisfy(millis -> assertThat(millis).isBetween(now - 60_000, now + 60_000));
    }

    private static TableCreation creation(boolean ignoreDefaultSchema) {
        return creation(true, ignoreDefaultSchema);
    }

    private static TableCreation creation(boolean migrates, boolean ignoreDefaultSchema) {
        return new TableCreation(MESSAGES, new DatabaseProperties.Migration(migrates, null, null, ignoreDefaultSchema));
    }

    private String draw() {
        return jdbc.queryForObject("""
                INSERT INTO messages.admin_audit (who, action, target, result) VALUES ('test', 'test', '{}', '{}')
                RETURNING id::text
                """, String.class);
    }

    private static List<Long> millis(List<String> ids) {
        return ids.stream()
                .map(id -> UUID.fromString(id).getMostSignificantBits() >>> 16)
                .toList();
    }

    private int installed(EventingSchema schema) {
        return new InstalledVersion(dataSource, schema).read();
    }

    private static DriverManagerDataSource dataSource() {
        var database = TestInfrastructure.get().createDatabase("schema");
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
