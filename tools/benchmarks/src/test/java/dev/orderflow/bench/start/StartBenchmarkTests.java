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

    private int run(String... arguments) {
        return new CommandLine(new StartBenchmark())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
