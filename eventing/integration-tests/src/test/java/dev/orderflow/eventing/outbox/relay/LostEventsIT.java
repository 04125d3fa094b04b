package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostEventsIT {

    /** A topic of this test alone, since all databases of the tests send to one broker. */
    private final String topic = "lost-" + UUID.randomUUID();

    private final OutboxDatabase database = new OutboxDatabase();
    private final Relays relays = new Relays(database);
    private final LostEvents lost = new LostEvents(
            database.jdbc,
            new TopicTails(
                    () -> new KafkaConsumer<>(
                            Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers()),
                            new StringDeserializer(),
                            new ByteArrayDeserializer()),
                    "test"));

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    @Test
    void whatTheDatabaseHasIsNotLost() {
        send("a", "b", "b");

        assertThat(lost.search()).isEqualTo(new LostEvents.Answer(0, 0, null));
    }

    @Test
    void anEventThatIsOnItsTopicOnlyIsFound() {
        send("a", "b", "b");
        fallBehind("b", 1);

        var answer = lost.search();

        assertThat(answer.lost()).isEqualTo(1);
        assertThat(answer.reused()).isZero();
        assertThat(answer.first())
                .extracting(TopicTails.SentEvent::key, TopicTails.SentEvent::sequence)
                .containsExactly("b", 2L);
        assertThat(lost.count()).isEqualTo(1);
    }

    @Test
    void aSequenceNumberThatWasGivenOutTwiceIsCounted() {
        send("a", "b", "b");
        fallBehind("b", 1);
        send("b");

        var answer = lost.search();

        assertThat(answer.lost()).isEqualTo(1);
        assertThat(answer.reused()).isEqualTo(1);
    }

    @Test
    void anEventOfADayThatWasDroppedIsNotLost() {
        send("a", "b", "b");
        database.template.execute("CREATE TABLE outbox_29990101 PARTITION OF outbox FOR VALUES FROM"
                + " ('ffffffff-0000-0000-0000-000000000000') TO ('ffffffff-0000-0000-0000-000000000001')");
        database.template.execute("DELETE FROM outbox");

        assertThat(lost.search().lost()).isZero();
    }

    /** Removes the last transactions, like a failover to a standby that lacks them. */
    private void fallBehind(String key, long last) {
        database.jdbc
                .sql("DELETE FROM outbox WHERE key = ? AND sequence > ?")
                .param(key)
                .param(last)
                .update();
        database.jdbc
                .sql("UPDATE outbox_sequence SET last = ? WHERE key = ?")
                .param(last)
                .param(key)
                .update();
    }

    private void send(String... keys) {
        relays.start();
        for (var key : keys) {
            database.commit(row(topic, key, ""));
        }
        await().untilAsserted(() -> assertThat(TestInfrastructure.get().topics().read(topic))
                .extracting(message ->
                        new String(message.headers().lastHeader("ce_id").value()))
                .containsAll(database.jdbc
                        .sql("SELECT event_id::text FROM outbox")
                        .query(String.class)
                        .list()));
        relays.close();
    }
}
