package dev.orderflow.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StartBenchmarkTests {

    private final StringWriter err = new StringWriter();

    @Test
    void anUnknownServiceIsAnsweredWithTheKnownOnes() {
        assertThat(run("--service", "warehouse")).isEqualTo(2);

        assertThat(err.toString()).contains("There is no service 'warehouse'; choose from sandbox, order-service");
    }

    @Test
    void noRoundsAreRefused() {
        assertThat(run("--rounds", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("--rounds must be at least 1");
    }

    private int run(String... arguments) {
        return new CommandLine(new StartBenchmark())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
