package dev.orderflow.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TenantProbe;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An upgrade from a version without tenants, whose instances see all rows until the last of them has ended. */
class SeparationIT {

    private static final String ROWS = "SELECT * FROM payment";
    private static final String TAKE_ON = "SELECT set_config('role', session_user || '_system', true)";

    @Test
    void policiesAreInForceFromTheRollOutAfterTheOneThatCreatesThem() {
        var probe = TenantProbe.create((owner, role) -> migrate(owner, role, "false"));
        probe.asOwner("INSERT INTO payment (order_id, tenant, amount, currency, state, created_at, updated_at, version)"
                + " VALUES ('00000000-0000-0000-0000-00000000000a', 'demo', 1, 'GBP', 'DECLINED', now(), now(), 0)");

        assertThat(probe.as(null, ROWS)).contains("DECLINED");
        assertThat(probe.as(null, TAKE_ON, ROWS)).contains("DECLINED");

        for (var start = 0; start < 2; start++) {
            migrate(probe.owner(), probe.service().username(), "true");

            assertThat(probe.as(null, ROWS)).doesNotContain("DECLINED");
            assertThat(probe.as("other", ROWS)).doesNotContain("DECLINED");
            assertThat(probe.as("demo", ROWS)).contains("DECLINED");
            assertThat(probe.as(null, TAKE_ON, ROWS)).contains("DECLINED");
        }
    }

    private static void migrate(Database owner, String role, String separation) {
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.username(), owner.password())
                .placeholders(Map.of("role", role, "separation", separation))
                .load()
                .migrate();
    }
}
