package dev.orderflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the commands that do not measure. */
class BenchTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listNamesTheBenchmarks() {
        assertThat(run("list")).as(err.toString()).isZero();

        assertThat(out.toString().lines().map(line -> line.split(" ")[0]))
                .containsExactly(
                        "bus",
                        "consume",
                        "flow",
                        "growth",
                        "jmh",
                        "latency",
                        "overload",
                        "place",
                        "relay",
                        "retries",
                        "rules",
                        "sale",
                        "schedule",
                        "start",
                        "storm",
                        "tenants",
                        "tracing",
                        "wire");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bus",
                "consume",
                "flow",
                "growth",
                "jmh",
                "latency",
                "overload",
                "place",
                "relay",
                "retries",
                "rules",
                "sale",
                "schedule",
                "start",
                "wire"
            })
    void roundsAreAtLeastOne(String benchmark) {
        assertThat(run(benchmark, "--rounds", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("--rounds must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bus --seconds 0",
                "consume --keys 0",
                "flow --rate 0",
                "growth --instances 1",
                "latency --seconds 0",
                "place --clients 0",
                "relay --events 0",
                "relay --batch 0",
                "relay --against plain --payload random",
                "rules --changes 0",
                "sale --requests 1",
                "start --idle -1",
                "wire --events 0"
            })
    void aCombinationThatCannotBeMeasuredIsRefused(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(line.split(" ")[1], "must");
    }

    @Test
    void moreFailuresThanKeysAreRefused() {
        assertThat(run("retries", "--transient", "0.3")).isEqualTo(2);

        assertThat(err.toString()).contains("nor more than 0.2 together");
    }

    private int run(String... arguments) {
        return Bench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
