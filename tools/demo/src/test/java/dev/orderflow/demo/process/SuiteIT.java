package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.StartFailedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the suite with a real PostgreSQL, a real broker, and doubles of the services. */
class SuiteIT {

    @TempDir
    Path folder;

    FakeRepository repository;
    Topology topology;
    Suite suite;

    @BeforeEach
    void build() throws Exception {
        repository = new FakeRepository(folder);
        repository.build();
        topology = new Topology(folder, folder.resolve("home"), Ports.free());
        suite = new Suite(topology);
    }

    @AfterEach
    void down() {
        suite.downIfMine();
        suite.close();
    }

    @Test
    void killedPartsStartAgainAndDataSurvivesDown() throws Exception {
        suite.up();
        assertThat(suite.status()).extracting(PartStatus::state).containsOnly(PartStatus.State.RUNNING);
        execute("CREATE TABLE t AS SELECT 42 AS answer");

        suite.kill(Part.POSTGRES);
        suite.kill(Part.PAYMENT);
        assertThat(suite.stateOf(Part.POSTGRES)).isEqualTo(PartStatus.State.KILLED);
        assertThat(suite.stateOf(Part.PAYMENT)).isEqualTo(PartStatus.State.KILLED);
        assertThatThrownBy(() -> suite.kill(Part.PAYMENT)).hasMessage("payment is not running; nothing was changed.");
        suite.start(Part.POSTGRES);
        suite.start(Part.PAYMENT);
        assertThatThrownBy(() -> suite.start(Part.PAYMENT)).hasMessage("payment is running; nothing was changed.");
        assertThat(suite.status()).extracting(PartStatus::state).containsOnly(PartStatus.State.RUNNING);

        suite.down();
        assertThat(suite.isUp()).isFalse();
        assertThat(suite.status()).extracting(PartStatus::state).containsOnly(PartStatus.State.STOPPED);
        suite.close();
        suite = new Suite(topology);
        suite.up();
        execute("DELETE FROM t WHERE 1 / (answer - 41) = 1");

        suite.down();
        Files.writeString(topology.home().resolve("mine.txt"), "not the suite's");
        suite.wipe();
        assertThat(topology.home()).isDirectoryContaining(path -> path.endsWith("mine.txt"));
        assertThat(topology.data(Part.POSTGRES)).doesNotExist();
    }

    /** Starts only what a developer needs who runs a service from an IDE. */
    @Test
    void someOfThePartsComeUpAlone() throws Exception {
        suite.up(List.of(Part.KAFKA, Part.POSTGRES));

        assertThat(Arrays.stream(Part.values()).filter(suite::isRunning)).containsExactly(Part.POSTGRES, Part.KAFKA);
        execute("SELECT 1"); // The databases of all services are there.
        suite.down();
        assertThat(suite.isUp()).isFalse();
    }

    @Test
    void aPortThatIsInUseDoesNotMatterToOtherParts() throws Exception {
        try (var other = new ServerSocket(topology.ports().of(Part.ORDER), 1, InetAddress.getByName("127.0.0.1"))) {
            suite.up(List.of(Part.INVENTORY));
            assertThat(other.isBound()).isTrue();
        }
        assertThat(Arrays.stream(Part.values()).filter(suite::isRunning)).containsExactly(Part.INVENTORY);
    }

    @Test
    void aSecondUpIsRefusedAndDisturbsNothing() {
        suite.up();
        var before = suite.status().stream().map(PartStatus::pid).toList();

        try (var second = new Suite(topology)) {
            assertThatThrownBy(second::up)
                    .isInstanceOf(DemoException.class)
                    .hasMessageStartingWith("The suite is running already");
            second.downIfMine();
        }
        suite.close(); // As after ./demo up --detach: no process holds the lock any more.
        try (var third = new Suite(topology)) {
            assertThatThrownBy(third::up).hasMessageStartingWith("The suite is running already");
            third.downIfMine();
        }

        assertThat(suite.status()).extracting(PartStatus::pid).isEqualTo(before);
        assertThat(suite.status()).extracting(PartStatus::state).containsOnly(PartStatus.State.RUNNING);
    }

    @Test
    void aPartThatEndsByItselfHasDied() {
        suite.up();

        var pid = suite.status().get(Part.INVENTORY.ordinal()).pid().orElseThrow();
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        assertThat(suite.stateOf(Part.INVENTORY)).isEqualTo(PartStatus.State.DIED);
    }

    @Test
    void aServiceThatDoesNotStartShowsTheEndOfItsLogAndAllIsStopped() throws Exception {
        repository.build(Part.INVENTORY, BrokenService.class);

        assertThatThrownBy(suite::up)
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("inventory ended with exit code 3")
                .hasMessageContaining("the warehouse has burnt down");

        assertThat(Arrays.stream(Part.values()).filter(suite::isRunning)).isEmpty();
        assertThat(suite.isUp()).isFalse();
    }

    @Test
    void aPortInUseStopsUpBeforeAnythingIsStarted() throws Exception {
        try (var other = new ServerSocket(
                topology.ports().managementOf(Part.NOTIFICATION), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(suite::up)
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("NOTIFICATION_PORT");
        }
        assertThat(suite.isUp()).isFalse();
        assertThat(topology.data(Part.POSTGRES)).doesNotExist();
    }

    private void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(
                        topology.jdbcUrl(Part.ORDER), "order_service_owner", "order_service_owner");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
