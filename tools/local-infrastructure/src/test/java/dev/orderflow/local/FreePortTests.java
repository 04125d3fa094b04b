package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTests {

    @Test
    void noOutgoingConnectionCanTakeAPortThatWasFound() {
        assertThat(IntStream.range(0, 200).map(number -> FreePort.find()))
                .allMatch(port -> port >= 1024 && port + 1000 < FreePort.FIRST_OF_CONNECTIONS)
                .allMatch(FreePort::isFree);
    }

    @Test
    void aPortThatSomebodyListensOnIsNotFree() throws Exception {
        var port = FreePort.find();
        try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.isFree(server.getLocalPort())).isFalse();
        }
        assertThat(FreePort.isFree(port)).isTrue();
    }
}
