package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.RecordedProcess;
import dev.orderflow.local.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the launcher with the double of a service in a real training JVM. */
class ServiceLauncherIT {

    @TempDir
    Path folder;

    final List<RecordedProcess> processes = new ArrayList<>();
    FakeRepository repository;
    Topology topology;
    ServiceLauncher launcher;

    @BeforeEach
    void build() throws IOException {
        repository = new FakeRepository(folder);
        repository.build();
        topology = new Topology(folder, Files.createDirectory(folder.resolve("home")), Ports.free());
        launcher = new ServiceLauncher(topology);
    }

    @AfterEach
    void kill() {
        processes.forEach(RecordedProcess::kill);
    }

    @Test
    void aServiceStartsFromWhatWasLearnedUntilItIsBuiltAgain() throws IOException {
        assertThat(launcher.isTrained(Part.SANDBOX)).isFalse();

        launcher.keep(launcher.learn(Part.SANDBOX, processes::add));

        assertThat(processes).noneMatch(RecordedProcess::isAlive);
        assertThat(launcher.isTrained(Part.SANDBOX)).isTrue();
        assertThat(arguments(start())).contains("-XX:AOTCache=" + cache());

        repository.build(Part.SANDBOX, BrokenService.class);
        assertThat(launcher.isTrained(Part.SANDBOX)).isFalse();
    }

    @Test
    void aCacheThatCannotBeUsedCostsNothingButTime() throws IOException {
        launcher.keep(launcher.learn(Part.SANDBOX, processes::add));
        Files.writeString(cache(), "no cache of any JVM");

        assertThat(start().isAlive()).isTrue();
    }

    @Test
    void aServiceThatDoesNotStartTeachesNothing() throws IOException {
        repository.build(Part.SANDBOX, BrokenService.class);

        assertThatThrownBy(() -> launcher.learn(Part.SANDBOX, processes::add))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("the warehouse has burnt down");

        assertThat(launcher.isTrained(Part.SANDBOX)).isFalse();
    }

    private ProcessHandle start() {
        launcher.start(Part.SANDBOX, processes::add);
        return processes.getLast().find().orElseThrow();
    }

    private static Stream<String> arguments(ProcessHandle process) {
        return Stream.of(process.info().arguments().orElseThrow());
    }

    private Path cache() throws IOException {
        try (var files = Files.list(topology.caches())) {
            return files.toList().getFirst();
        }
    }
}
