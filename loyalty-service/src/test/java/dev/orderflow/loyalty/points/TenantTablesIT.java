package dev.orderflow.loyalty.points;

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

    /** Part of all rows of the tenant demo. */
    private static final String MINE = "~mine";

    /** Part of all rows of the tenant other. */
    private static final String SECRET = "~theirs";

    private static final String CONTENT = """
            SELECT (SELECT string_agg(a::text, '|' ORDER BY customer) FROM points_account a)
                   || (SELECT string_agg(e::text, '|' ORDER BY customer) FROM points_entry e)
                   || (SELECT string_agg(r::text, '|' ORDER BY customer) FROM redemption r)
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
        insert("demo", MINE);
        insert("other", SECRET);
    }

    private static void insert(String tenant, String customer) {
        var owner = "'" + tenant + "', '" + customer + "'";
        probe.asOwner(
                "INSERT INTO points_account VALUES (" + owner + ", 5, 0)",
                "INSERT INTO redemption VALUES (gen_random_uuid(), " + owner + ", 'k', 'x', 1, 5, now())",
                "INSERT INTO points_entry (tenant, customer, kind, points, order_id, at) VALUES (" + owner
                        + ", 'AWARDED', 6, gen_random_uuid(), now())");
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
    @ValueSource(strings = {"points_account", "redemption", "points_entry"})
    void aTenantSeesAndChangesItsOwnRowsOnly(String table) {
        assertThat(probe.as("demo", "SELECT * FROM " + table)).contains(MINE).doesNotContain(SECRET);
        assertThat(probe.as("demo", "COPY " + table + " TO STDOUT", "TRUNCATE " + table + " CASCADE"))
                .doesNotContain(SECRET);
        assertThat(probe.as("demo", "DELETE FROM " + table + " WHERE customer = '" + SECRET + "'"))
                .isEqualTo("changed 0\n");
        assertThat(probe.as("demo", "SELECT 1 / 0", "SELECT * FROM " + table, "DELETE FROM " + table))
                .doesNotContain(SECRET, MINE)
                .contains("changed 0");
        assertThat(probe.as(null, "SELECT * FROM " + table, "DELETE FROM " + table))
                .isEqualTo("\nchanged 0\n");
        assertThat(probe.as(
                        null, "SELECT set_config('role', session_user || '_system', true)", "SELECT * FROM " + table))
                .contains(SECRET, MINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE points_account SET tenant = 'other'",
                "UPDATE points_account SET balance = 0 WHERE customer = '~theirs'",
                "INSERT INTO points_account VALUES ('other', '~theirs', 1, 0)"
                        + " ON CONFLICT (tenant, customer) DO UPDATE SET balance = 0",
                "UPDATE points_entry SET tenant = 'other'",
                "SELECT query_to_xml('SELECT * FROM points_entry', true, true, '')",
                "ALTER TABLE points_account DISABLE ROW LEVEL SECURITY",
                "SET row_security = off",
            })
    void noStatementReachesTheRowsOfAnotherTenant(String sql) {
        assertThat(probe.as("demo", "SAVEPOINT s", sql, "SELECT * FROM points_account", "SELECT * FROM points_entry"))
                .doesNotContain(SECRET + " ");
    }

    @Test
    void noRowIsWrittenForAnotherTenantOrForNone() {
        for (var tenant : new String[] {"demo", null}) {
            assertThat(probe.as(tenant, "INSERT INTO points_account VALUES ('other', '~new', 0, 0)"))
                    .contains("row-level security policy");
        }
    }
}
