package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTests {

    @Test
    void aVariableMovesAPortAndItsManagementPort() {
        var ports = Ports.fromEnvironment(
                Map.of("ORDER_PORT", "12345", "ORDER_GRPC_PORT", "12346", "SANDBOX_SMTP_PORT", "2525"));

        assertThat(ports.of(Part.ORDER)).isEqualTo(12345);
        assertThat(ports.managementOf(Part.ORDER)).isEqualTo(13345);
        assertThat(ports.smtp()).isEqualTo(2525);
        assertThat(ports.grpc()).isEqualTo(12346);
        assertThat(ports.of(Part.PAYMENT)).isEqualTo(8083);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "0", "-1", "65000"})
    void anInvalidPortIsNamedWithItsVariable(String text) {
        assertThatThrownBy(() -> Ports.fromEnvironment(Map.of("KAFKA_PORT", text)))
                .isInstanceOf(DemoException.class)
                .hasMessage("KAFKA_PORT=" + text + " is not a port: choose a number from 1 to 64535.");
    }

    @Test
    void aPortInUseIsNamedWithItsVariable() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = other.getLocalPort();
            var ports = Ports.fromEnvironment(Map.of("POSTGRES_PORT", Integer.toString(port)));

            assertThatThrownBy(() -> ports.requireFree(List.of(Part.POSTGRES)))
                    .isInstanceOf(DemoException.class)
                    .hasMessage("Port " + port + " is in use by another program: end it, or choose another port for"
                            + " postgres with POSTGRES_PORT.");
        }
    }

    @Test
    void freePortsDiffer() {
        var ports = Ports.free();
        var all = new HashSet<Integer>();

        for (var part : Part.values()) {
            assertThat(all.add(ports.of(part))).isTrue();
            if (part.module().isPresent()) {
                assertThat(all.add(ports.managementOf(part))).isTrue();
            }
        }
        assertThat(all.add(ports.smtp())).isTrue();
        assertThat(all.add(ports.grpc())).isTrue();
    }
}
