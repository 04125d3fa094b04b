package dev.orderflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests that benchmarks run and check their results. It does not check speeds, which depend on the machine. */
class BenchIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void relaySendsEachEventInOrder(@TempDir Path folder) {
        var names = names(
                folder, "relay --events 2000 --rounds 1 --warm-ups 0 --jvm fresh --seconds 1", "Sending the backlog");

        assertThat(names)
                .containsExactly(
                        "relay fresh", "writers beside the relay", "left when the writers stop", "one single key");
        assertThat(out.toString()).contains("all 2,000 events are on the topic, each key's in order");
    }

    /** Baselines only: what is measured against them is tested above. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "bench", matches = "full", disabledReason = "-Pthorough runs it")
    @ValueSource(strings = {"plain", "replication"})
    void anotherDesignOfARelaySendsTheSame(String design, @TempDir Path folder) {
        var names = names(
                folder,
                "relay --against " + design + " --events 2000 --batch 300 --rounds 1 --warm-ups 0 --jvm fresh",
                design + ", fresh JVM");

        assertThat(names).containsExactly("relay fresh against " + design);
        assertThat(out.toString()).contains("checked, " + design + ": all 2,000 events are on the topic");
    }

    @Test
    void latencyReceivesEachEvent(@TempDir Path folder) {
        var names = names(
                folder, "latency --seconds 1 --rate 50 --no-half-load --rounds 1 --warm-ups 0", "latency at 50/s");

        assertThat(names).containsExactly("latency at 50/s p50", "latency at 50/s p99");
    }

    @Test
    void retriesKeepsItsPromises(@TempDir Path folder) {
        var file = folder.resolve("result.json");
        var exit = run(("retries --events 500 --rounds 1 --warm-ups 0 --transient 0.05 --permanent 0.02"
                        + " --first-delay 100ms --html " + folder.resolve("page.html") + " --json " + file)
                .split(" "));

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("replay of 10 dead letters");
        var result = JsonMapper.builder().build().readTree(file.toFile());
        assertThat(result).hasSize(1);
        assertThat(result.get(0).get("name").asString()).isEqualTo("retries");
        assertThat(result.get(0).get("rounds").asInt()).isEqualTo(1);
    }

    @Test
    void consumesEachEventOnce(@TempDir Path folder) {
        var names = names(
                folder,
                "consume --events 3000 --keys 500 --products 700 --handlers jdbc --rounds 1 --warm-ups 0",
                "Consuming events");

        assertThat(names).containsExactly("consume jdbc");
    }

    @Test
    void wireSendsAndReceivesEachEvent() {
        var exit = run("wire --events 500 --rounds 1 --warm-ups 0".split(" "));

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("zstd, linger 5 ms, sent", "zstd, linger 5 ms, on disk");
    }

    /** Runs a benchmark and returns the names in its JSON; the page must have a plot of that title. */
    private List<String> names(Path folder, String line, String plot) {
        var json = folder.resolve("result.json");
        var html = folder.resolve("page.html");

        assertThat(run((line + " --json " + json + " --html " + html).split(" ")))
                .as(err.toString())
                .isZero();
        assertThat(html).content().contains(plot);
        return JsonMapper.builder()
                .build()
                .readTree(json.toFile())
                .valueStream()
                .map(entry -> entry.get("name").asString())
                .toList();
    }

    private int run(String... arguments) {
        return Bench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
