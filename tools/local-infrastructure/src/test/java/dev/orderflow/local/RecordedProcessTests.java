package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedProcessTests {

    @TempDir
    Path folder;

    Process process;

    @BeforeEach
    void start() throws Exception {
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void aProcessIsFoundAgainFromAFile() {
        RecordedProcess.of(process.toHandle()).writeTo(folder.resolve("pid"));

        assertThat(RecordedProcess.readFrom(folder.resolve("pid")).flatMap(RecordedProcess::find))
                .contains(process.toHandle());
        assertThat(RecordedProcess.readFrom(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aStrangerThatGotThePidIsLeftAlone() {
        var stranger = new RecordedProcess(process.pid(), "another boot/4711");

        assertThat(stranger.isAlive()).isFalse();
        stranger.kill();
        stranger.terminate(Duration.ZERO);
        stranger.interrupt(Duration.ZERO);

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aKilledProcessIsGone() {
        var recorded = RecordedProcess.of(process.toHandle());

        recorded.kill();

        assertThat(recorded.isAlive()).isFalse();
        assertThat(RecordedProcess.ifAlive(process.toHandle())).isEmpty();
    }

    @Test
    void aProcessThatIgnoresSigtermIsKilled() throws Exception {
        var stubborn = new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        assertThat(stubborn.inputReader().readLine()).isEqualTo("ready");
        var recorded = RecordedProcess.of(stubborn.toHandle());

        recorded.terminate(Duration.ofMillis(200));

        assertThat(recorded.isAlive()).isFalse();
    }
}
