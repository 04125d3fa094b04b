package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.OutboxDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelayErrorsIT {

    private final OutboxDatabase database = new OutboxDatabase();
    private final Relays relays = new Relays(database);
    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger left = new AtomicInteger(2);

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("test"),
                new StackOverflowError("test"),
                new NoClassDefFoundError("test"),
                new AssertionError("test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfTheProducerDelaysEvents(Error error) {
        relays.start(Relays.OFTEN, () -> {
            failBy(error);
            return Relays.producer(Map.of());
        });

        assertThatAnEventIsSent();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorBetweenReadingAndSendingDelaysEvents(Error error) {
        relays.start(
                Relays.OFTEN,
                () -> Relays.producer(Map.of()),
                (reader, leases) ->
                        new ParkedEvents(database.jdbc, database.transaction, reader, leases, Relays.OFTEN.lease()) {
                            @Override
                            List<OutboxRow> divert(List<OutboxRow> rows) {
                                failBy(error);
                                return super.divert(rows);
                            }
                        });

        assertThatAnEventIsSent();
    }

    private void failBy(Error error) {
        if (left.getAndDecrement() > 0) {
            throw error;
        }
    }

    private void assertThatAnEventIsSent() {
        database.commit(row(key, "waits"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(1));
        assertThat(left).hasValueLessThanOrEqualTo(0);
    }
}
