package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.EvidenceReader;
import dev.orderflow.verify.evidence.Service;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Tests the connections that a reader keeps from one look to the next. */
class KeptConnectionsIT extends StoryFixture {

    /** Fails, by a division by zero, if there is no connection to end. */
    private static final String END = """
            SELECT 1 / count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'demo verify'
            """;

    KeptConnectionsIT(World world) {
        super(world);
    }

    @Test
    void thoseThatTheServerHasEndedAreReplaced() throws Exception {
        world.settle();
        var looks = new ArrayList<Evidence>();

        try (var reader = new EvidenceReader(world.sources(), Long.MAX_VALUE)) {
            reader.read(looks::add);
            for (var service : Service.values()) {
                world.sql(service, END);
            }
            reader.read(looks::add);
        }

        assertThat(looks).hasSize(2);
    }
}
