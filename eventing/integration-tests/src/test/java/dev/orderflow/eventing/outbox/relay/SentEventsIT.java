package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentEventsIT {

    private static OutboxDatabase database;

    private final OutboxReader reader = new OutboxReader(database.template, "test");

    @BeforeAll
    static void openDatabase() {
        database = new OutboxDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void anEventIsFoundOnceItWasSentAndNotBefore() {
        var event = row("4711", "content");
        database.commit(event);
        assertThat(reader.findSent(event.eventId())).isEmpty();

        sendAll();

        assertThat(reader.findSent(event.eventId())).hasValueSatisfying(message -> {
            assertThat(message.topic()).isEqualTo(OutboxDatabase.TOPIC);
            assertThat(message.key()).isEqualTo("4711");
            assertThat(new String(message.value())).isEqualTo("content");
            assertThat(CloudEventHeaders.read(message.headers()).id()).isEqualTo(event.eventId());
        });
        assertThat(reader.findSent(UUID.randomUUID())).isEmpty();
    }

    @Test
    void aForwardedRecordIsNoEventOfThisService() {
        var id = UUID.randomUUID();
        database.commit(new Row(id, OutboxDatabase.TOPIC, "4711", "type", Instant.now(), true, new byte[0], null));
        sendAll();

        assertThat(reader.findSent(id)).isEmpty();
    }

    private void sendAll() {
        database.jdbc
                .sql("UPDATE outbox_bucket SET cursor = pg_current_snapshot()")
                .update();
    }
}
