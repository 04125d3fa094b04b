package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TenantProbe;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An upgrade from a version without tenants, whose instances see all rows until the last of them has ended. */
class SeparationIT {

    private static final String ROWS = "SELECT * FROM shipment";
    private static final String TAKE_ON = "SELECT set_config('role', session_user || '_system', true)";

    @Test
    void policiesAreInForceFromTheRollOutAfterTheOneThatCreatesThem() {
        var probe = TenantProbe.create((owner, role) -> migrate(owner, role, "false"));
        probe.asOwner(
                "INSERT INTO shipment (order_id, tenant, state, tracking_id, stop_refused, created_at, updated_at)"
                        + " VALUES ('00000000-0000-0000-0000-00000000000a', 'demo', 'STOPPED', 't', false, now(), now())");

        assertThat(probe.as(null, ROWS)).contains("STOPPED");
        assertThat(probe.as(null, TAKE_ON, ROWS)).contains("STOPPED");

        for (var start = 0; start < 2; start++) {
            migrate(probe.owner(), probe.service().username(), "true");

            assertThat(probe.as(null, ROWS)).doesNotContain("STOPPED");
            assertThat(probe.as("other", ROWS)).doesNotContain("STOPPED");
            assertThat(probe.as("demo", ROWS)).contains("STOPPED");
            assertThat(probe.as(null, TAKE_ON, ROWS)).contains("STOPPED");
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
