package com.example.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@RealInfrastructure
@SpringBootTest
class TicketsIT {

    @Autowired
    HelpDesk desk;

    @Autowired
    EventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anOpenedTicketIsCountedOnce() {
        desk.open("network", "no wifi in room 7");

        await().untilAsserted(() -> assertThat(load("network")).isEqualTo(1));
    }

    @Test
    void anEventThatIsDeliveredAgainIsNotCountedAgain() {
        var ticket = desk.open("telephones", "no dial tone");
        await().untilAsserted(() -> assertThat(load("telephones")).isEqualTo(1));

        var sent = recordsOf(ticket);
        send(sent);
        send(sent);
        // Another event of the same key comes after the copies.
        inTransaction(() -> events.publish(ticket.opened()));

        await().untilAsserted(() -> assertThat(load("telephones")).isGreaterThan(1));
        assertThat(load("telephones")).isEqualTo(2);
    }

    @Test
    void aTicketThatIsRolledBackIsNotPublished() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    desk.open("printers", "paper jam");
                    throw new IllegalStateException("the customer hung up");
                }))
                .hasMessage("the customer hung up");
        desk.open("printers", "out of toner");

        await().untilAsserted(() -> assertThat(load("printers")).isEqualTo(1));
        assertThat(TestInfrastructure.get().topics().read("tickets"))
                .noneMatch(message -> new String(message.value(), UTF_8).contains("paper jam"));
    }

    private int load(String team) {
        return jdbc.sql("SELECT coalesce(sum(tickets), 0) FROM team_load WHERE team = ?")
                .param(team)
                .query(Integer.class)
                .single();
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }

    private static List<ConsumerRecord<String, byte[]>> recordsOf(Ticket ticket) {
        return TestInfrastructure.get().topics().read("tickets").stream()
                .filter(message -> message.key().equals(ticket.id().toString()))
                .toList();
    }

    /** Sends records to their topic again, like a publisher that did not receive the broker's acknowledgement. */
    private static void send(List<ConsumerRecord<String, byte[]>> messages) {
        var properties = TestInfrastructure.get().producerSettings();
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            messages.forEach(message -> producer.send(new ProducerRecord<>(
                    message.topic(), message.partition(), message.key(), message.value(), message.headers())));
        }
    }
}
