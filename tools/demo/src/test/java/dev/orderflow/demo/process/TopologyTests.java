package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopologyTests {

    private final Topology topology = new Topology(Path.of("r"), Path.of("h"), Ports.free());

    @ParameterizedTest
    @EnumSource(names = {"SANDBOX", "ORDER", "INVENTORY", "PAYMENT", "SHIPPING", "LOYALTY", "NOTIFICATION"})
    void allProgramsHaveTheFaultSwitchesOfTheDemo(Part part) {
        assertThat(topology.environmentOf(part)).containsEntry("SPRING_PROFILES_ACTIVE", "demo");
    }

    /** Lets one of them be started by itself, from an IDE, against the others of the demo. */
    @ParameterizedTest
    @EnumSource(names = {"ORDER", "INVENTORY", "PAYMENT", "SHIPPING", "LOYALTY", "NOTIFICATION"})
    void aServicesOwnDefaultsAreThoseOfTheDemo(Part part) throws IOException {
        var root = Topology.findRoot(Path.of(""));
        var demo = new Topology(root, Path.of("h"), Ports.fromEnvironment(Map.of()));

        assertThat(root.resolve(part.folder().orElseThrow()).resolve("src/main/resources/application.yml"))
                .content()
                .contains(demo.jdbcUrl(part))
                .contains("username: " + part.database())
                .contains("password: " + demo.password(part))
                .contains("kafka.bootstrap-servers: " + demo.bootstrapServers())
                .contains("port: " + demo.ports().of(part))
                .contains("port: " + demo.ports().managementOf(part));
    }

    @ParameterizedTest
    @EnumSource(names = {"ORDER", "INVENTORY", "PAYMENT", "SHIPPING", "LOYALTY", "NOTIFICATION"})
    void servicesOfASecuredSuiteTrustTheSandbox(Part part) {
        var secured = topology.secured(true);
        var sandbox = topology.ports().of(Part.SANDBOX);

        assertThat(secured.environmentOf(part))
                .doesNotContainKey("EDGE_SECURITY_ENABLED")
                .containsEntry("SECURITY_ISSUER", "http://localhost:" + sandbox)
                .containsEntry("SECURITY_JWK_SET", "http://127.0.0.1:" + sandbox + "/oauth2/jwks")
                .containsEntry("EDGE_SECURITY_PLATFORMTENANT", "demo");
        assertThat(secured.environmentOf(Part.SANDBOX))
                .containsEntry("SANDBOX_ISSUER_URI", "http://localhost:" + sandbox)
                .doesNotContainKey("SECURITY_ISSUER");
        assertThat(secured.issuer()).contains(topology.uri(Part.SANDBOX));
    }

    @ParameterizedTest
    @EnumSource(names = {"ORDER", "INVENTORY", "PAYMENT", "SHIPPING", "LOYALTY", "NOTIFICATION"})
    void servicesOfAnOpenSuiteNeedNoTokens(Part part) {
        var open = topology.secured(false);

        assertThat(open.environmentOf(part)).containsEntry("EDGE_SECURITY_ENABLED", "false");
        assertThat(open.issuer()).isEmpty();
    }

    @Test
    void onlyServicesHaveADatabase() {
        assertThat(topology.environmentOf(Part.SANDBOX)).doesNotContainKey("SPRING_DATASOURCE_URL");
        assertThat(topology.environmentOf(Part.ORDER))
                .containsEntry("SPRING_DATASOURCE_URL", topology.jdbcUrl(Part.ORDER));
    }
}
