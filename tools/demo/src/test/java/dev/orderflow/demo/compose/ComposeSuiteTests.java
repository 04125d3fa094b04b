package dev.orderflow.demo.compose;

import static dev.orderflow.demo.compose.DockerDouble.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.PartStatus;
import dev.orderflow.demo.process.PartStatus.State;
import dev.orderflow.demo.process.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeSuiteTests {

    @TempDir
    Path folder;

    DockerDouble docker;
    ComposeSuite suite;

    @BeforeEach
    void begin() {
        docker = new DockerDouble(folder);
        suite = new ComposeSuite(docker.project(), Progress.SILENT);
    }

    @Test
    void aRunningPartIsKilled() {
        docker.containers(container("payment-service", "running", 0));

        suite.kill(Part.PAYMENT);

        assertThat(docker.calls()).last().isEqualTo("compose kill payment-service");
    }

    @Test
    void aStoppedPartCannotBeKilled() {
        docker.containers(container("payment-service", "exited", 137));

        assertThatThrownBy(() -> suite.kill(Part.PAYMENT))
                .isInstanceOf(DemoException.class)
                .hasMessage("payment is not running; nothing was changed.");
    }

    @Test
    void aKilledPartStartsAgain() {
        docker.containers(container("kafka", "exited", 137));

        suite.start(Part.KAFKA);

        assertThat(docker.calls())
                .last()
                .isEqualTo("compose up --detach --wait --no-deps --no-recreate --no-build kafka");
    }

    @Test
    void aRunningPartIsNotStartedAgain() {
        docker.containers(container("kafka", "running", 0));

        assertThatThrownBy(() -> suite.start(Part.KAFKA)).hasMessage("kafka is running; nothing was changed.");
    }

    @Test
    void aFailureOfDockerIsReportedWithItsReason() {
        docker.fail("no such image");

        assertThatThrownBy(() -> suite.start(Part.ORDER))
                .isInstanceOf(DemoException.class)
                .hasMessageEndingWith("order-service failed: no such image");
    }

    @Test
    void withoutDockerTheMessageNamesTheRemedy() {
        var withoutDocker = new ComposeSuite(new ComposeProject(folder, "no-such-docker"), Progress.SILENT);

        assertThatThrownBy(withoutDocker::status)
                .isInstanceOf(DemoException.class)
                .hasMessage("docker cannot be run: install Docker with Compose, or leave out --target.");
    }

    @Test
    void theStatusTellsWhetherAContainerRunsAndHowElseItEnded() {
        docker.containers(
                container("postgres", "running", 0),
                container("kafka", "exited", 137),
                container("sandbox", "exited", 143),
                container("order-service", "exited", 1),
                container("order-service-2", "running", 0));
        docker.usage("{\"Name\":\"orderflow-postgres-1\",\"MemUsage\":\"1.5GiB / 2GiB\"}");

        var status = suite.status();

        assertThat(status).extracting(PartStatus::part).containsExactly(Part.values());
        assertThat(status)
                .extracting(PartStatus::state)
                .containsExactly(
                        State.RUNNING,
                        State.KILLED,
                        State.STOPPED,
                        State.DIED,
                        State.STOPPED,
                        State.STOPPED,
                        State.STOPPED,
                        State.STOPPED,
                        State.STOPPED);
        assertThat(status.getFirst().residentKiB()).isEqualTo(1536 * 1024);
        assertThat(docker.calls())
                .last()
                .isEqualTo("stats --no-stream --format json orderflow-postgres-1 orderflow-order-service-2-1");
    }

    @ParameterizedTest
    @CsvSource({"301.5MiB, 308736", "1GiB, 1048576", "12KiB, 12", "0B, 0"})
    void amountsOfMemoryAreUnderstood(String amount, long kibibytes) {
        assertThat(ComposeSuite.kibibytes(amount)).isEqualTo(kibibytes);
    }
}
