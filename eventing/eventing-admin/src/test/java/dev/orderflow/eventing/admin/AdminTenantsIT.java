package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.TenantSwitch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The switches of tenants, which the audit log keeps. */
@Import(AdminTenantsIT.Recorded.class)
class AdminTenantsIT extends AdminRestFixture {

    private static final AtomicReference<Set<String>> OFF = new AtomicReference<>();

    @Autowired
    List<PeriodicTask> tasks;

    @TestConfiguration(proxyBeanMethods = false)
    static class Recorded {

        @Bean
        TenantSwitch recordedSwitch() {
            return OFF::set;
        }
    }

    @Test
    void anOperatorSwitchesATenantOffAndOn() {
        assertThat(OFF.get()).as("read at the start").isNotNull();

        assertThat(post("/admin/tenants/switch", body("acme", false)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"off\":[{\"tenant\":\"acme\",\"who\":\"unauthenticated:ann\",\"reason\":\"abuse\"}]}");
        assertThat(OFF.get()).containsExactly("acme");
        post("/admin/tenants/switch", body("beta", false));
        post("/admin/tenants/switch", body("acme", true));

        assertThat(OFF.get()).containsExactly("beta");
        assertThat(get("/admin/tenants"))
                .bodyJson()
                .extractingPath("$.off[*].tenant")
                .isEqualTo(List.of("beta"));
        assertThat(get("/admin/audit?action=TENANT_SWITCHED&limit=1"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"who\":\"unauthenticated:ann\",\"target\":{\"tenant\":\"acme\"},"
                        + "\"result\":{\"enabled\":true,\"reason\":\"abuse\"}}]}");
    }

    /** Reads the switches again, as an instance does after a restart and others do all the time. */
    @Test
    void theAuditLogKeepsTheSwitches() {
        post("/admin/tenants/switch", body("kept", false));
        OFF.set(Set.of());

        tasks.stream()
                .filter(task -> task.name().equals("eventing-tenant-switches"))
                .forEach(PeriodicTask::run);

        assertThat(OFF.get()).contains("kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tenant\":\"a b\",\"enabled\":false,\"reason\":\"x\"}",
                "{\"tenant\":\"acme\",\"reason\":\"x\"}",
                "{\"tenant\":\"acme\",\"enabled\":false}",
                "{\"tenant\":\"acme\",\"enabled\":false,\"reason\":\"x\",\"dryRun\":true}"
            })
    void anIncompleteRequestIsRefused(String body) {
        assertThat(post("/admin/tenants/switch", body)).hasStatus(400);
    }

    private static String body(String tenant, boolean enabled) {
        return "{\"tenant\":\"" + tenant + "\",\"enabled\":" + enabled + ",\"reason\":\"abuse\"}";
    }
}
