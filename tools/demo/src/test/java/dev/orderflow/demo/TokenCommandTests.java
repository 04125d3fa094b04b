package dev.orderflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.compose.ComposeProject;
import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.token.IssuerDouble;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTests {

    @TempDir
    Path folder;

    private final IssuerDouble issuer = new IssuerDouble();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        issuer.close();
    }

    @Test
    void printsTheTokenAndNothingElse() {
        assertThat(run("token", "shop")).isZero();
        assertThat(out.toString()).isEqualTo("secret.token\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownRoleIsAnsweredWithTheKnownOnes() {
        assertThat(run("token", "admin")).isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no 'admin'; choose one of customer, customer2, stranger, shop, merchandiser,"
                        + " operator, auditor");
        assertThat(out.toString()).isEmpty();
        assertThat(issuer.requests).isEmpty();
    }

    @Test
    void aMissingRoleIsAWrongUse() {
        assertThat(run("token")).isEqualTo(2);
        assertThat(err.toString()).contains("ROLE");
    }

    @Test
    void aSandboxThatIsAwayIsReportedInOneSentence() {
        issuer.close();

        assertThat(run("token", "shop")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("no access token from " + issuer.uri()
                        + ": it does not respond; is the suite up? Try ./demo status");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        var ports = Ports.fromEnvironment(Map.of("SANDBOX_PORT", Integer.toString(issuer.port())));
        var topology = new Topology(folder, folder.resolve("home"), ports);
        return Demo.guarded(Demo.commandLine(() -> topology, () -> new ComposeProject(folder))
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true)))
                .execute(arguments);
    }
}
