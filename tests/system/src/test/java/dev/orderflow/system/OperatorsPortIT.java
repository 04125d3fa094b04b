package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that the operators' endpoints are on the management port of each service, whose beans Spring processed ahead of
 * time, and on no other port.
 */
@SystemTest
class OperatorsPortIT {

    /** Answer to a caller with a token, who so does not learn whether there is such an operation. */
    private static final int CLOSED = 403;

    private final RunningSuite suite;
    private final JsonCalls json;

    OperatorsPortIT(RunningSuite suite) {
        this.suite = suite;
        this.json = suite.operator();
    }

    @AfterEach
    void close() {
        json.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"ORDER", "INVENTORY", "PAYMENT", "SHIPPING", "LOYALTY", "NOTIFICATION"})
    void operatorsAreServedOnTheManagementPortOnly(Part service) {
        for (var path : new String[] {
            "outbox",
            "outbox/parked",
            "dead-letters",
            "dead-letters/summary",
            "dead-letters/replays",
            "holds",
            "holds/summary",
            "audit",
            "tenants",
            "faults"
        }) {
            assertThat(statusOfGet(suite.topology().managementUri(service), path))
                    .isEqualTo(200);
            assertThat(statusOfGet(suite.topology().uri(service), path)).isEqualTo(CLOSED);
        }
        for (var path : new String[] {
            "outbox/parked/release",
            "outbox/parked/discard",
            "dead-letters/replay",
            "dead-letters/discard",
            "tenants/switch",
            "faults/handlers",
            "faults/poison",
            "faults/redeliver"
        }) {
            assertThat(statusOfPost(suite.topology().managementUri(service), path))
                    .isEqualTo(400);
            assertThat(statusOfPost(suite.topology().uri(service), path)).isEqualTo(CLOSED);
        }
        for (var path :
                new String[] {"dead-letters/" + UUID.randomUUID(), "dead-letters/replays/" + UUID.randomUUID()}) {
            assertThat(statusOfGet(suite.topology().uri(service), path)).isEqualTo(CLOSED);
        }
        assertThat(json.delete(suite.topology().uri(service).resolve("/admin/faults"))
                        .statusCode())
                .isEqualTo(CLOSED);
        assertThat(json.delete(suite.topology().uri(service).resolve("/admin/faults/" + UUID.randomUUID()))
                        .statusCode())
                .isEqualTo(CLOSED);
        for (var endpoint : new String[] {"", "/health", "/prometheus", "/env", "/heapdump"}) {
            assertThat(json.get(suite.topology().uri(service).resolve("/actuator" + endpoint))
                            .statusCode())
                    .isEqualTo(CLOSED);
        }
    }

    private int statusOfGet(URI service, String path) {
        return json.get(service.resolve("/admin/" + path)).statusCode();
    }

    private int statusOfPost(URI service, String path) {
        return json.post(service.resolve("/admin/" + path), Map.of("nonsense", 1), null)
                .statusCode();
    }
}
