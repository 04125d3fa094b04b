package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** A relay may do nothing when the server is no longer the one whose positions it holds. */
class IncarnationIT {

    private final OutboxDatabase database = new OutboxDatabase();
    private final OutboxReader reader = new OutboxReader(database.template, "test");
    private final BucketLeases leases = new BucketLeases(database.jdbc, UUID.randomUUID(), Duration.ofSeconds(10));
    private Incarnation incarnation;
    private OutboxReader.Difference difference;

    @BeforeEach
    void begin() {
        leases.renew();
        incarnation = leases.incarnation();
        var from = reader.position(incarnation);
        // Two equal snapshots have no rows between them on any server, and PostgreSQL's planner knows this.
        database.template.execute("SELECT pg_current_xact_id()");
        difference = new OutboxReader.Difference(from, reader.position(incarnation), leases.buckets());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The outbox is empty, and the relay must not accept this as a result. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // A crash, a promoted standby, or a restored backup.
                "TRUNCATE outbox_relay",
                // A copy of the files of a stopped server.
                "UPDATE outbox_relay SET server_started = server_started - interval '1 second'",
                // A relay of this instance that has started since.
                "UPDATE outbox_relay SET token = gen_random_uuid()"
            })
    void noStatementIsCarriedOutOnAnotherServer(String asOnAnotherServer) {
        var cursors = cursors();
        database.template.execute(asOnAnotherServer);

        assertRefused(() -> reader.position(incarnation));
        assertRefused(() -> reader.fresh(difference, 0, 10));
        assertRefused(() -> reader.late(difference, 0, 10));
        assertRefused(leases::extend);
        assertRefused(leases::renew);
        leases.sentUpTo(difference.to());
        assertRefused(leases::store);
        assertThat(cursors()).isEqualTo(cursors);
    }

    @Test
    void aRelayThatBeginsAnewHasAnotherIncarnationAndTheOldOneStaysVoid() {
        leases.forget();
        leases.renew();

        assertThat(leases.incarnation()).isNotEqualTo(incarnation);
        assertThat(leases.buckets()).hasSize(Buckets.COUNT);
        assertRefused(() -> reader.position(incarnation));
    }

    @Test
    void positionsOfTwoIncarnationsCannotBeCompared() {
        leases.forget();
        leases.renew();
        var later = reader.position(leases.incarnation());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboxReader.Difference(difference.from(), later, Set.of(1)));
    }

    @Test
    void aRelayKnowsWhetherTheServerHasBegunAnew() {
        var begun = new int[1];
        var told = new BucketLeases(database.jdbc, UUID.randomUUID(), Duration.ofSeconds(10), () -> begun[0]++);
        told.renew();
        assertThat(begun[0]).isEqualTo(1);

        told.forget();
        told.renew();
        assertThat(begun[0]).as("after a failure of another kind").isEqualTo(1);

        database.template.execute("TRUNCATE outbox_relay");
        told.forget();
        told.renew();
        assertThat(begun[0]).isEqualTo(2);
    }

    private Object cursors() {
        return database.template.queryForList("SELECT bucket, cursor::text, owner FROM outbox_bucket ORDER BY bucket");
    }

    private static void assertRefused(ThrowingCallable statement) {
        assertThatThrownBy(statement).isInstanceOf(DataAccessException.class).hasMessageContaining("are void");
    }
}
