package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aPairIsFree() {
        var port = FreePort.findPair(1000);

        assertThat(FreePort.isFree(port) && FreePort.isFree(port + 1000)).isTrue();
    }

    @Test
    void onlyOneOfManyCallersGetsAPort(@TempDir Path folder) {
        var locks = new PortLocks(folder.resolve("ports"));

        assertThat(IntStream.range(0, 10_000).parallel().filter(number -> locks.lock(number % 10)))
                .hasSize(10);
    }

    @Test
    void noTwoCallersFindTheSamePort() {
        var found = IntStream.range(0, 100)
                .parallel()
                .flatMap(number -> {
                    var pair = FreePort.findPair(1000);
                    return IntStream.of(pair, pair + 1000, FreePort.find());
                })
                .boxed()
                .toList();

        assertThat(found).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatAnotherProcessFoundIsNotFound(@TempDir Path folder) throws Exception {
        var file = folder.resolve("ports");
        var other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Finder.class.getName(),
                        file.toString())
                .start();
        try (var output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("locked");
            assertThat(new PortLocks(file).lock(12_345)).isFalse();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(new PortLocks(file).lock(12_345))
                .as("after the end of the other")
                .isTrue();
    }

    /** Another process that has found a port and does not listen on it yet. */
    static final class Finder {

        public static void main(String[] arguments) throws Exception {
            System.out.println(new PortLocks(Path.of(arguments[0])).lock(12_345) ? "locked" : "refused");
            System.in.read();
        }
    }
}
