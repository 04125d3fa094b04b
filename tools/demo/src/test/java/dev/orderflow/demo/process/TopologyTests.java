package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopologyTests {

    private final Topology topology = new Topology(Path.of("r"), Path.of("h"), Ports.free());

    @ParameterizedTest
    @EnumSource(names = {"SANDBOX", "ORDER", "INVENTORY", "PAYMENT", "NOTIFICATION"})
    void allProgramsHaveTheFaultSwitchesOfTheDemo(Part part) {
        assertThat(topology.environmentOf(part)).containsEntry("SPRING_PROFILES_ACTIVE", "demo");
    }

    @Test
    void onlyServicesHaveADatabase() {
        assertThat(topology.environmentOf(Part.SANDBOX)).doesNotContainKey("SPRING_DATASOURCE_URL");
        assertThat(topology.environmentOf(Part.ORDER))
                .containsEntry("SPRING_DATASOURCE_URL", topology.jdbcUrl(Part.ORDER));
    }
}
