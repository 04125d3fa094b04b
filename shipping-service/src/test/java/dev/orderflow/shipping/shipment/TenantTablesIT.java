package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.test.TenantProbe;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to reach the rows of the tenant other with SQL, in transactions of the tenant demo and in some of none. */
class TenantTablesIT {

    private static final String MINE = "'00000000-0000-0000-0000-00000000000a'";
    private static final String THEIRS = "'00000000-0000-0000-0000-00000000000b'";

    /** The last digit of their order's id. */
    private static final String SECRET = "00000000000b";

    private static final String CONTENT = """
            SELECT string_agg(p::text, '|' ORDER BY order_id) FROM shipment p
            """;

    private static final String COLUMNS =
            "(order_id, tenant, state, tracking_id, stop_refused, created_at, updated_at)";

    private static TenantProbe probe;

    private String before = "";

    @BeforeAll
    static void createRows() {
        probe = TenantProbe.create((owner, role) -> Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.username(), owner.password())
                .placeholders(Map.of("role", role, "separation", "true"))
                .load()
                .migrate());
        insert(MINE, "'demo'");
        insert(THEIRS, "'other'");
    }

    private static void insert(String order, String tenant) {
        probe.asOwner("INSERT INTO shipment " + COLUMNS + " VALUES (" + order + ", " + tenant
                + ", 'DISPATCHED', 't', false, now(), now())");
    }

    @BeforeEach
    void remember() {
        before = probe.asOwner(CONTENT);
        assertThat(before).contains(SECRET);
    }

    @AfterEach
    void nothingOfTheOtherTenantHasChanged() {
        assertThat(probe.asOwner(CONTENT)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shipment"})
    void aTenantSeesAndChangesItsOwnRowsOnly(String table) {
        assertThat(probe.as("demo", "SELECT * FROM " + table))
                .contains("00000000000a")
                .doesNotContain(SECRET);
        assertThat(probe.as("demo", "COPY " + table + " TO STDOUT", "TRUNCATE " + table))
                .doesNotContain(SECRET);
        assertThat(probe.as("demo", "DELETE FROM " + table + " WHERE order_id = " + THEIRS))
                .isEqualTo("changed 0\n");
        assertThat(probe.as("demo", "SELECT 1 / 0", "SELECT * FROM " + table, "DELETE FROM " + table))
                .doesNotContain(SECRET, "00000000000a")
                .contains("changed 0");
        assertThat(probe.as(null, "SELECT * FROM " + table, "DELETE FROM " + table))
                .isEqualTo("\nchanged 0\n");
        assertThat(probe.as(
                        null, "SELECT set_config('role', session_user || '_system', true)", "SELECT * FROM " + table))
                .contains(SECRET, "00000000000a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE shipment SET tenant = 'other'",
                "UPDATE shipment SET state = 'DELIVERED' WHERE order_id = " + THEIRS,
                "SELECT query_to_xml('SELECT * FROM shipment', true, true, '')",
                "INSERT INTO shipment " + COLUMNS + " SELECT " + THEIRS
                        + ", 'demo', 'STOPPED', 't', false, now(), now()"
                        + " ON CONFLICT (order_id) DO UPDATE SET state = 'STOPPED'",
                "ALTER TABLE shipment DISABLE ROW LEVEL SECURITY",
                "SET row_security = off",
            })
    void noStatementReachesTheRowsOfAnotherTenant(String sql) {
        assertThat(probe.as("demo", "SAVEPOINT s", sql, "SELECT * FROM shipment"))
                .doesNotContain(SECRET + " ");
    }

    @Test
    void noRowIsWrittenForAnotherTenantOrForNone() {
        for (var tenant : new String[] {"demo", null}) {
            assertThat(probe.as(
                            tenant,
                            "INSERT INTO shipment " + COLUMNS
                                    + " SELECT gen_random_uuid(), 'other', 'STOPPED', 't', false, now(), now()"))
                    .contains("row-level security policy");
        }
    }
}
