package dev.orderflow.order.ownership;

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

    private static final String CONTENT = """
            SELECT (SELECT string_agg(o::text, '|' ORDER BY id) FROM orders o WHERE tenant = 'other'),
                   (SELECT string_agg(l::text, '|' ORDER BY l) FROM order_line l WHERE name LIKE 'secret%'),
                   (SELECT string_agg(c::text, '|' ORDER BY c) FROM order_status_change c WHERE reason LIKE 'secret%'),
                   (SELECT string_agg(k::text, '|' ORDER BY k) FROM idempotency_key k WHERE tenant = 'other'),
                   (SELECT string_agg(c::text, '|' ORDER BY c) FROM customer c WHERE tenant = 'other'),
                   (SELECT string_agg(c::text, '|' ORDER BY c) FROM promotion_counter c WHERE tenant = 'other'),
                   (SELECT count(*) FROM promotion_claim), (SELECT count(*) FROM promotion_return),
                   (SELECT count(*) FROM order_line), (SELECT count(*) FROM order_status_change)
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
        for (var order : new String[] {MINE + ", 'demo', 'mine'", THEIRS + ", 'other', 'secret'"}) {
            var parts = order.split(", ");
            probe.asOwner(
                    "INSERT INTO orders (id, tenant, customer_id, status, currency, total, payment_method, placed_at, version)"
                            + " VALUES (" + order + ", 'PLACED', 'GBP', 1, 'CARD', now(), 0)",
                    "INSERT INTO order_line VALUES (" + parts[0] + ", 1, 'LAMP', " + parts[2] + ", 1, 1, 1)",
                    "INSERT INTO order_status_change VALUES (" + parts[0] + ", 1, 'PLACED', " + parts[2] + ", now())",
                    "INSERT INTO idempotency_key (key, request_hash, order_id, tenant, subject) VALUES ('key', '\\x00', "
                            + parts[0] + ", " + parts[1] + ", " + parts[2] + ")",
                    "INSERT INTO customer (tenant, id, address, address_verified_at) VALUES (" + parts[1] + ", "
                            + parts[2] + ", '00000000000a@example.com', now())",
                    "INSERT INTO promotion_counter (tenant, promotion_id, customer_reference, used, usage_limit)"
                            + " SELECT tenant, " + MINE + ", reference, 1, 9 FROM customer WHERE id = " + parts[2],
                    "INSERT INTO promotion_claim SELECT " + parts[0] + ", id FROM promotion_counter WHERE tenant = "
                            + parts[1],
                    "INSERT INTO promotion_return SELECT id, " + parts[0] + " FROM promotion_counter WHERE tenant = "
                            + parts[1]);
        }
    }

    @BeforeEach
    void remember() {
        before = probe.asOwner(CONTENT);
        assertThat(before).contains("secret");
    }

    @AfterEach
    void nothingOfTheOtherTenantHasChanged() {
        assertThat(probe.asOwner(CONTENT)).isEqualTo(before);
    }

    @Test
    void aTenantSeesItsOwnRows() {
        for (var table : new String[] {
            "orders",
            "order_line",
            "order_status_change",
            "idempotency_key",
            "customer",
            "promotion_counter",
            "promotion_claim",
            "promotion_return"
        }) {
            assertThat(probe.as("demo", "SELECT * FROM " + table)).as(table).contains("00000000000a");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "SELECT * FROM orders WHERE id = " + THEIRS,
                "SELECT * FROM orders WHERE tenant = 'other'",
                "SELECT * FROM orders FOR UPDATE",
                "SELECT * FROM order_line",
                "SELECT * FROM order_status_change",
                "SELECT * FROM idempotency_key",
                "SELECT * FROM customer WHERE tenant <> 'demo'",
                "UPDATE promotion_counter SET used = 9 WHERE tenant = 'other'",
                "DELETE FROM promotion_counter WHERE tenant = 'other' RETURNING *",
                "DELETE FROM promotion_claim WHERE order_id = " + THEIRS,
                "DELETE FROM promotion_return WHERE order_id = " + THEIRS,
                "INSERT INTO promotion_counter (tenant, promotion_id) VALUES ('other', " + MINE + ")",
                "UPDATE customer SET address = 'taken' WHERE tenant = 'other'",
                "DELETE FROM customer WHERE tenant = 'other' RETURNING *",
                "SELECT * FROM orders o FULL JOIN order_line l ON l.order_id = o.id",
                "SELECT l.* FROM product p RIGHT JOIN order_line l ON true",
                "SELECT (SELECT string_agg(name, ',') FROM order_line)",
                "WITH x AS (SELECT * FROM orders UNION ALL SELECT * FROM orders) SELECT * FROM x",
                "SELECT * FROM orders TABLESAMPLE SYSTEM (100)",
                "SELECT query_to_xml('SELECT * FROM order_line', true, true, '')",
                "SELECT table_to_xml('order_line', true, true, '')",
                "SELECT * FROM pg_stats WHERE tablename IN ('orders', 'order_line')",
                "UPDATE orders SET customer_id = 'taken', total = 9",
                "UPDATE orders SET version = 9 WHERE id = " + THEIRS,
                "UPDATE order_line SET name = 'taken' WHERE order_id = " + THEIRS,
                "UPDATE order_line SET order_id = " + THEIRS + ", line_no = 7",
                "UPDATE orders SET tenant = 'other' WHERE id = " + MINE,
                "UPDATE idempotency_key SET tenant = 'other', subject = 'taken'",
                "UPDATE order_line l SET name = 'taken' FROM orders o WHERE l.order_id <> o.id",
                "DELETE FROM order_status_change WHERE order_id = " + THEIRS,
                "DELETE FROM order_line WHERE order_id = " + THEIRS,
                "DELETE FROM idempotency_key WHERE tenant = 'other'",
                "DELETE FROM orders WHERE id = " + THEIRS,
                "TRUNCATE order_line",
                "INSERT INTO order_line VALUES (" + THEIRS + ", 9, 'LAMP', 'taken', 1, 1, 1)",
                "INSERT INTO order_status_change VALUES (" + THEIRS + ", 9, 'PAID', 'taken', now())",
                "INSERT INTO orders VALUES (gen_random_uuid(), 'x', 'PLACED', NULL, 'GBP', 1, 'CARD', now(), 0, NULL,"
                        + " NULL, NULL, NULL, 'other')",
                "INSERT INTO orders VALUES (" + THEIRS
                        + ", 'x', 'PLACED', NULL, 'GBP', 1, 'CARD', now(), 0, NULL, NULL,"
                        + " NULL, NULL, 'demo') ON CONFLICT (id) DO UPDATE SET customer_id = 'taken'",
                "INSERT INTO orders VALUES (" + THEIRS
                        + ", 'x', 'PLACED', NULL, 'GBP', 1, 'CARD', now(), 0, NULL, NULL,"
                        + " NULL, NULL, 'other') ON CONFLICT DO NOTHING RETURNING *",
                "INSERT INTO idempotency_key (tenant, subject, key, request_hash) VALUES ('other', 'secret', 'key', '')"
                        + " ON CONFLICT (tenant, subject, key) DO UPDATE SET request_hash = '\\x07' RETURNING *",
                "MERGE INTO orders o USING (SELECT " + THEIRS
                        + "::uuid AS id) x ON o.id = x.id WHEN MATCHED THEN DELETE",
                "COPY orders TO STDOUT",
                "COPY orders FROM STDIN",
                "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON orders",
                "CREATE POLICY mine ON orders USING (true)",
                "SET row_security = off",
                "SET SESSION AUTHORIZATION DEFAULT",
                "CREATE TEMP VIEW v AS SELECT * FROM orders",
            })
    void noStatementReachesTheRowsOfAnotherTenant(String sql) {
        assertThat(probe.as("demo", "SAVEPOINT s", sql, "SELECT * FROM orders", "SELECT * FROM order_line"))
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT 1 / 0", "SELECT no_such_column", "INSERT INTO orders VALUES (NULL)", "ROLLBACK", "COMMIT"
            })
    void afterTheEndOfATransactionNothingIsSeen(String end) {
        var said = probe.as(
                "demo",
                end,
                "SELECT * FROM orders",
                "SELECT * FROM order_line",
                "SELECT * FROM order_status_change",
                "SELECT * FROM idempotency_key",
                "SELECT * FROM customer WHERE tenant <> 'demo'",
                "UPDATE customer SET address = 'taken' WHERE tenant = 'other'",
                "DELETE FROM customer WHERE tenant = 'other' RETURNING *",
                "UPDATE orders SET version = 9",
                "DELETE FROM order_line");

        assertThat(said).doesNotContain("secret", "00000000000a").contains("changed 0");
    }

    @Test
    void aRolledBackSavepointKeepsTheTenant() {
        assertThat(probe.as(
                        "demo",
                        "SAVEPOINT s; UPDATE orders SET version = 9; ROLLBACK TO s",
                        "SELECT * FROM order_line"))
                .contains("mine")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Demo", "demo,other", "*", "%"})
    void aTenantThatDoesNotExistSeesNothing(String tenant) {
        assertThat(probe.as(
                        tenant,
                        "SELECT * FROM orders",
                        "SELECT * FROM order_line",
                        "SELECT * FROM order_status_change",
                        "SELECT * FROM idempotency_key",
                        "SELECT * FROM customer WHERE tenant <> 'demo'",
                        "UPDATE customer SET address = 'taken' WHERE tenant = 'other'",
                        "DELETE FROM customer WHERE tenant = 'other' RETURNING *",
                        "UPDATE orders SET version = 9"))
                .doesNotContain("secret", "00000000000a")
                .contains("changed 0");
    }

    @Test
    void withoutATenantNothingIsSeenOrWritten() {
        var said = probe.as(
                null,
                "SELECT * FROM orders",
                "SELECT * FROM order_line",
                "UPDATE orders SET version = 9",
                "INSERT INTO idempotency_key (tenant, subject, key, request_hash) VALUES ('', '', 'new', '')");

        assertThat(said).doesNotContain("secret", "00000000000a").contains("changed 0", "row-level security policy");
    }

    @Test
    void theRoleOfAllTenantsSeesAllAndEndsWithItsTransaction() {
        var take = "SELECT set_config('role', session_user || '_system', true)";

        assertThat(probe.as(null, take, "SELECT * FROM order_line")).contains("secret", "00000000000a");
        assertThat(probe.as(null, take, "ROLLBACK", "SELECT * FROM order_line"))
                .doesNotContain("secret", "00000000000a");
    }
}
