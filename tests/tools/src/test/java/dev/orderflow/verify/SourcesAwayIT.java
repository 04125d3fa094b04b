package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.SourceAwayException;
import dev.orderflow.verify.evidence.Sources;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

/** Verifies a world of which a part does not respond. */
@WorldTest
class SourcesAwayIT {

    private final World world;

    SourcesAwayIT(World world) {
        this.world = world;
    }

    @Test
    void anUnavailableSourceIsReportedInOneSentence() {
        var sources = world.sources();
        var nowhere = URI.create("http://127.0.0.1:1");

        assertThatThrownBy(() -> verify(new Sources(sources.databases(), sources.broker(), nowhere)))
                .isInstanceOf(SourceAwayException.class)
                .hasMessage("the sandbox does not respond at http://127.0.0.1:1; start it with ./demo start sandbox");
        var databases = new EnumMap<>(sources.databases());
        databases.put(Service.ORDER, new Sources.Database("jdbc:postgresql://127.0.0.1:1/order_service", "o", "o"));
        assertThatThrownBy(() -> verify(new Sources(databases, sources.broker(), nowhere)))
                .isInstanceOf(SourceAwayException.class)
                .hasMessage(
                        "PostgreSQL does not respond at 127.0.0.1:1/order_service; start it with ./demo start postgres");
    }

    private static void verify(Sources sources) {
        new Verification(sources, Clock.systemUTC()).verify(Duration.ZERO);
    }
}
