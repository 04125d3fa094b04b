package dev.orderflow.inventory.stock;

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
            SELECT (SELECT string_agg(r::text, '|' ORDER BY order_id) FROM reservation r),
                   (SELECT string_agg(l::text, '|' ORDER BY order_id) FROM reservation_line l)
            """;

    private static TenantProbe probe;

    private String before = "";

    @BeforeAll
    static void createRows() {
        probe = TenantProbe.create((owner, role) -> Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.username(), owner.password())
                .placeholders(Map.of("role", role, "separation", "true"))
                .load()
                .migrate());
        probe.asOwner("INSERT INTO stock_item VALUES ('LAMP', 1, 2, 0, 0)");
        insert(MINE, "'demo'");
        insert(THEIRS, "'other'");
    }

    private static void insert(String order, String tenant) {
        probe.asOwner(
                "INSERT INTO reservation VALUES (" + order + ", 'RESERVED', now(), now(), 0, " + tenant + ")",
                "INSERT INTO reservation_line VALUES (" + order + ", 'LAMP', 1)");
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
    @ValueSource(strings = {"reservation", "reservation_line"})
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
                "UPDATE reservation SET tenant = 'other'",
                "UPDATE reservation SET state = 'RELEASED' WHERE order_id = " + THEIRS,
                "UPDATE reservation_line SET order_id = " + THEIRS,
                "SELECT query_to_xml('SELECT * FROM reservation_line', true, true, '')",
                "INSERT INTO reservation_line VALUES (" + THEIRS + ", 'LAMP', 5) ON CONFLICT (order_id, sku)"
                        + " DO UPDATE SET quantity = 5",
                "SELECT l.* FROM stock_item s JOIN reservation_line l USING (sku)",
                "DROP POLICY tenant ON reservation_line",
                "SET row_security = off",
            })
    void noStatementReachesTheRowsOfAnotherTenant(String sql) {
        assertThat(probe.as("demo", "SAVEPOINT s", sql, "SELECT * FROM reservation_line"))
                .doesNotContain(SECRET + " ");
    }

    @Test
    void noRowIsWrittenForAnotherTenantOrForNone() {
        for (var tenant : new String[] {"demo", null}) {
            assertThat(probe.as(
                            tenant,
                            "INSERT INTO reservation VALUES (gen_random_uuid(), 'RESERVED', now(), now(), 0, 'other')"))
                    .contains("row-level security policy");
        }
    }
}
