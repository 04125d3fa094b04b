package dev.orderflow.notification.mail;

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
            SELECT (SELECT string_agg(m::text, '|' ORDER BY order_id) FROM mail m),
                   (SELECT string_agg(u::text, '|' ORDER BY order_id) FROM undeliverable_mail u),
                   (SELECT string_agg(p::text, '|' ORDER BY order_id) FROM earned_points p)
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
        insert(MINE, "'demo'");
        insert(THEIRS, "'other'");
    }

    private static void insert(String order, String tenant) {
        probe.asOwner(
                "INSERT INTO mail VALUES (" + order + ", 'PAID', 'a@example.com', 's', now(), " + tenant + ")",
                "INSERT INTO undeliverable_mail VALUES (" + order + ", 'PLACED', 'NO_SUCH_MAILBOX', now(), " + tenant
                        + ")",
                "INSERT INTO earned_points VALUES (" + order + ", " + tenant + ", 15, now())");
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
    @ValueSource(strings = {"mail", "undeliverable_mail", "earned_points"})
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
                "UPDATE mail SET tenant = 'other'",
                "UPDATE undeliverable_mail SET reason = 'none' WHERE order_id = " + THEIRS,
                "UPDATE earned_points SET points = 0 WHERE order_id = " + THEIRS,
                "SELECT query_to_xml('SELECT * FROM mail', true, true, '')",
                "SELECT * FROM mail m FULL JOIN undeliverable_mail u USING (order_id)",
                "INSERT INTO mail VALUES (" + THEIRS
                        + ", 'PAID', 'x', 'x', now(), 'demo') ON CONFLICT (order_id, status)"
                        + " DO UPDATE SET recipient = 'x'",
                "ALTER TABLE mail NO FORCE ROW LEVEL SECURITY",
                "SET row_security = off",
            })
    void noStatementReachesTheRowsOfAnotherTenant(String sql) {
        assertThat(probe.as("demo", "SAVEPOINT s", sql, "SELECT * FROM mail")).doesNotContain(SECRET + " ");
    }

    @Test
    void noRowIsWrittenForAnotherTenantOrForNone() {
        for (var tenant : new String[] {"demo", null}) {
            assertThat(probe.as(
                            tenant, "INSERT INTO mail VALUES (gen_random_uuid(), 'PAID', 'x', 'x', now(), 'other')"))
                    .contains("row-level security policy");
        }
    }
}
