package dev.orderflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.local.PostgresSecurity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WelcomeTests {

    @TempDir
    Path home;

    @Test
    void thePasswordOfAnOpenDatabaseIsShown() {
        assertThat(shown()).contains("password: " + Part.ORDER.database());
    }

    @Test
    void ofASecretPasswordOnlyTheFileIsShown() {
        var security = PostgresSecurity.create(home.resolve("postgres-users"), List.of(Part.ORDER.database()));

        assertThat(shown())
                .contains("password: " + security.passwordFile(Part.ORDER.database()))
                .doesNotContain(security.password(Part.ORDER.database()));
    }

    private String shown() {
        var out = new StringWriter();
        new Welcome(new PrintWriter(out)).print(Topology.onFreePorts(home), Set.of(Part.POSTGRES), Duration.ZERO, true);
        return out.toString();
    }
}
