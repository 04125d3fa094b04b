package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.HandlerMethod;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SuspectsTests {

    private static final Exception TIMEOUT = new IllegalStateException(new SQLException("statement timeout", "57014"));
    private static final Exception SHUTDOWN = new IllegalStateException(new SQLException("shutting down", "57P01"));

    private final HandlerMethod handler = TestHandlers.registry(new Handlers(), "group")
            .find("sample.account.deposited.v1")
            .handler();
    private final Delivery guilty = delivery();
    private long now = -5;
    private final Suspects suspects = new Suspects(() -> now);

    static class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            throw new IllegalStateException("is never called");
        }
    }

    @Test
    void anEventIsToBlameWhenItFailsForAMinuteWhileItsHandlerSucceedsWithOthers() {
        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isFalse();
        pass(Duration.ofSeconds(30));
        suspects.succeeded(List.of(delivery()));
        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isFalse();
        pass(Duration.ofSeconds(30));

        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isTrue();
        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isTrue();
    }

    @Test
    void twoFailuresAreNotEnoughHoweverFarApart() {
        suspects.isToBlame(guilty, TIMEOUT);
        suspects.succeeded(List.of(delivery()));
        pass(Duration.ofMinutes(20));

        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isFalse();
    }

    @Test
    void whileItsHandlerSucceedsWithNoneItIsToBlameAfterTenMinutes() {
        for (var minute = 0; minute < 10; minute++) {
            assertThat(suspects.isToBlame(guilty, TIMEOUT)).isFalse();
            pass(Duration.ofMinutes(1));
        }

        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isTrue();
    }

    @Test
    void onceItSucceedsItIsSuspectedNoLonger() {
        suspects.isToBlame(guilty, TIMEOUT);
        suspects.isToBlame(guilty, TIMEOUT);
        pass(Duration.ofMinutes(2));
        suspects.succeeded(List.of(guilty));

        assertThat(suspects.isToBlame(guilty, TIMEOUT)).isFalse();
    }

    @Test
    void anEventIsNeverToBlameForADatabaseThatIsAway() {
        for (var minute = 0; minute < 100; minute++) {
            assertThat(suspects.isToBlame(guilty, SHUTDOWN)).isFalse();
            suspects.succeeded(List.of(delivery()));
            pass(Duration.ofMinutes(1));
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Delivery delivery() {
        var id = UUID.randomUUID();
        var type = "sample.account.deposited.v1";
        var source = new SourceRecord(id, AccountEvent.TOPIC, 0, 0, "a", type, new RecordHeaders(), new byte[0]);
        var message = new ConsumerRecord<>(AccountEvent.TOPIC, 0, 0, "a", new byte[0]);
        var metadata = EventMetadata.of(id, type, "test", "a", Instant.now());
        return new Delivery(message, ConsumedRecord.first(source), metadata, new Deposited("a", 1), handler);
    }
}
