package dev.orderflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** That benchmarks run and check what they measure. How fast anything is depends on the machine, and is no matter here. */
class BenchIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listNamesTheBenchmarks() {
        assertThat(run("list")).as(err.toString()).isZero();

        assertThat(out.toString()).startsWith("retries ").doesNotContain("Lists");
    }

    @Test
    void moreFailuresThanKeysAreRefused() {
        assertThat(run("retries", "--transient", "0.3")).isEqualTo(2);

        assertThat(err.toString()).contains("nor more than 0.2 together");
    }

    @Test
    void retriesKeepsItsPromises(@TempDir Path folder) {
        var file = folder.resolve("result.json");
        var exit = run(("retries --events 500 --rounds 1 --warm-ups 0 --transient 0.05 --permanent 0.02"
                        + " --first-delay 100ms --json " + file)
                .split(" "));

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("replay of 10 dead letters");
        var result = JsonMapper.builder().build().readTree(file.toFile());
        assertThat(result).hasSize(1);
        assertThat(result.get(0).get("name").asString()).isEqualTo("retries");
        assertThat(result.get(0).get("rounds").asInt()).isEqualTo(1);
    }

    private int run(String... arguments) {
        return Bench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
