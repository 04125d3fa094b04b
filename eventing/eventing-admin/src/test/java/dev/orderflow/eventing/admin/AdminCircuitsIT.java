package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The switch of the circuit of the one event type that has a schema here. */
class AdminCircuitsIT extends AdminRestFixture {

    private static final String CLOSED = "sample.account.closed.v1";

    @Test
    void anOperatorSwitchesACircuitAndItIsAudited() {
        assertThat(get("/admin/circuits"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"type\":\"" + CLOSED + "\",\"state\":\"CLOSED\",\"mode\":\"AUTO\","
                        + "\"recentFailures\":0}]}");

        assertThat(post("/admin/circuits/switch", body(CLOSED, "OPEN")))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"type\":\"" + CLOSED + "\",\"state\":\"OPEN\",\"mode\":\"OPEN\"}");
        assertThat(get("/admin/audit?action=CIRCUIT_SWITCHED"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"who\":\"unauthenticated:ann\",\"target\":{\"type\":\"" + CLOSED
                        + "\"},\"result\":{\"mode\":\"OPEN\",\"reason\":\"bad publisher\"}}]}");

        assertThat(post("/admin/circuits/switch", body(CLOSED, "CLOSED")))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("CLOSED");
    }

    @Test
    void anUnknownTypeOrModeIsRefused() {
        assertThat(post("/admin/circuits/switch", body("sample.account.opened.v1", "OPEN")))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("circuit_not_found");
        assertThat(post("/admin/circuits/switch", body(CLOSED, "AJAR"))).hasStatus(400);
        assertThat(post("/admin/circuits/switch", "{\"type\":\"" + CLOSED + "\",\"mode\":\"OPEN\"}"))
                .hasStatus(400);
    }

    private static String body(String type, String mode) {
        return "{\"type\":\"" + type + "\",\"mode\":\"" + mode + "\",\"reason\":\"bad publisher\"}";
    }
}
