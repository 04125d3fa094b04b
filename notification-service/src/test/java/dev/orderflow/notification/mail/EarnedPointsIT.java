package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.events.loyalty.PointsAwarded;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way of an order's points from loyalty-service into its later e-mails. */
class EarnedPointsIT extends MailScenario {

    private final UUID order = UUID.randomUUID();

    @Autowired
    JdbcClient jdbc;

    @Test
    void laterMailsNameThePointsOnceTheyAreKnown() {
        publish(SampleEvents.shipped(order, "17850"));
        awaitSettled(order, OrderStatus.SHIPPED);

        award("demo", 15, Topics.LOYALTY_SERVICE);
        await().atMost(PATIENCE).until(() -> mails.pointsOf(order, "demo") == 15);
        publish(SampleEvents.delivered(order, "17850"));
        awaitSettled(order, OrderStatus.DELIVERED);

        assertThat(received(order))
                .hasSize(2)
                .extracting(MailParts::of)
                .satisfiesExactly(shipped -> assertThat(shipped.plain()).doesNotContain("earned"), delivered -> {
                    assertThat(delivered.plain()).contains("You have earned 15 points with this order.");
                    assertThat(delivered.html()).contains("You have earned 15 points with this order.");
                });
    }

    @Test
    void aRepeatedAwardChangesNothing() {
        award("demo", 15, Topics.LOYALTY_SERVICE);
        award("demo", 16, Topics.LOYALTY_SERVICE);
        award("demo", 17, Topics.ORDER_SERVICE);

        assertThat(causeOfDeath()).contains("order-service");
        assertThat(mails.pointsOf(order, "demo")).isEqualTo(15);
    }

    @Test
    void pointsOfAnotherTenantAreNotNamed() {
        award("other", 15, Topics.LOYALTY_SERVICE);
        await().atMost(PATIENCE).until(() -> mails.pointsOf(order, "other") == 15);

        publish(SampleEvents.shipped(order, "17850"));
        awaitSettled(order, OrderStatus.SHIPPED);

        assertThat(MailParts.of(received(order).getFirst()).plain()).doesNotContain("earned");
    }

    /** Publishes as loyalty-service does, if that is the source. */
    private void award(String tenant, long points, String source) {
        var event = new PointsAwarded(order, CustomerReference.random().text(), points, points, SampleEvents.AT);
        var context = new EventContext(null, null, null, tenant, EventPriority.NORMAL, null, null, null);
        var type = "dev.orderflow.points.awarded.v1";
        var metadata = EventMetadata.of(UUID.randomUUID(), type, source, order.toString(), SampleEvents.AT)
                .within(context);
        var properties = TestInfrastructure.get().producerSettings();
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    Topics.LOYALTY_EVENTS,
                    null,
                    order.toString(),
                    new EventJson().write(event),
                    CloudEventHeaders.of(metadata)));
        }
    }

    private String causeOfDeath() {
        return await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("SELECT message FROM dead_letter WHERE key = :key")
                                .param("key", order.toString())
                                .query(String.class)
                                .list(),
                        causes -> !causes.isEmpty())
                .getFirst();
    }
}
