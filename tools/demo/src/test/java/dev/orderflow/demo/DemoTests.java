package dev.orderflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.compose.ComposeProject;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.Topology;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTests {

    @TempDir
    Path folder;

    Topology topology;
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    @BeforeEach
    void plan() {
        topology = new Topology(folder, folder.resolve("home"), Ports.free());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThat(run("kill", "everything")).isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no 'everything'; choose one of postgres, kafka, sandbox, order, inventory, payment,"
                        + " shipping, loyalty, notification");
    }

    @Test
    void aStoppedPartCannotBeKilled() {
        assertThat(run("kill", "payment")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("payment is not running; nothing was changed.");
    }

    @Test
    void downIsFineWhenNothingRuns() {
        assertThat(run("down")).isZero();
        assertThat(out.toString()).contains("Orderflow is down; its data is kept in " + topology.home());
    }

    @Test
    void theStatusOfNothingIsStopped() {
        assertThat(run("status")).isZero();
        assertThat(out.toString().lines().skip(1).limit(Part.values().length))
                .hasSize(Part.values().length)
                .allMatch(line -> line.contains("stopped"));
    }

    @Test
    void upNamesThePortInUse() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = Integer.toString(other.getLocalPort());
            topology =
                    new Topology(folder, folder.resolve("home"), Ports.fromEnvironment(Map.of("POSTGRES_PORT", port)));

            assertThat(run("up", "--detach")).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines("Port " + port + " is in use by another program: end it, or choose"
                            + " another port for postgres with POSTGRES_PORT.");
        }
    }

    @Test
    void upTakesNoPartThatIsUnknown() {
        assertThat(run("up", "postgres", "kafak")).isEqualTo(2);
        assertThat(err.toString()).contains("'kafak'").contains("any of postgres, kafka, sandbox");
    }

    @Test
    void ordersAreNotPlacedWithoutTheServicesThatAcceptThem() {
        assertThat(run("up", "--rate", "5", "postgres", "kafka")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate needs order and inventory");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        topology = new Topology(folder, file.resolve("home"), Ports.free());

        assertThat(run("up")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "Cannot write to " + file + "/home/run: choose another folder with DEMO_HOME.");
    }

    @Test
    void aBadSettingDoesNotKeepFromReadingHelp() {
        var commandLine = Demo.commandLine(
                () -> {
                    throw new AssertionError("not needed for --help");
                },
                () -> new ComposeProject(folder));
        assertThat(commandLine.setOut(new PrintWriter(out)).execute("up", "--help"))
                .isZero();
    }

    @Test
    void containersAreStartedByDockerItself() {
        assertThat(run("--target", "compose", "up")).isEqualTo(1);
        assertThat(err.toString()).contains("docker compose up --build --wait starts the suite");
    }

    @Test
    void podsAreLeftToKubectl() {
        assertThat(run("--target", "kubernetes", "up")).isEqualTo(1);
        assertThat(err.toString()).contains("kubectl apply -k k8s/overlays/local starts the suite");
        assertThat(run("--target", "kubernetes", "kill", "payment")).isEqualTo(1);
        assertThat(err.toString()).contains("kubectl -n orderflow delete pod");
    }

    @Test
    void anUnknownTargetIsAnsweredWithTheKnownOnes() {
        assertThat(run("--target", "moon", "status")).isEqualTo(2);
        assertThat(err.toString()).contains("'moon'").contains("[local, compose, kubernetes]");
    }

    private int run(String... arguments) {
        return Demo.commandLine(() -> topology, () -> new ComposeProject(folder))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
