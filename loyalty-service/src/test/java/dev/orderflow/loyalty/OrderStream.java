package dev.orderflow.loyalty;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Money;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes events on the orders' topic as order-service would. */
final class OrderStream implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            TestInfrastructure.get().producerSettings(), new StringSerializer(), new ByteArraySerializer());
    private final EventJson json = new EventJson();
    private @Nullable String tenant;

    /** Publishes {@code events} as those of a tenant. */
    synchronized <T> T of(String itsTenant, Supplier<T> events) {
        tenant = itsTenant;
        try {
            return events.get();
        } finally {
            tenant = null;
        }
    }

    /** Publishes that the customer has paid {@code total} pounds for the order. Returns the event's id. */
    UUID paid(UUID order, String customer, String total) {
        var id = newId();
        repeat(id, order, customer, total);
        return id;
    }

    /** Publishes the same event again, like a publisher that did not receive the acknowledgement. */
    void repeat(UUID eventId, UUID order, String customer, String total) {
        send(eventId, new OrderPaid(order, customer, Money.of(total, "GBP"), Instant.now()), 3);
    }

    UUID cancelled(UUID order, String customer) {
        var id = newId();
        send(id, new OrderCancelled(order, customer, CancellationReason.CUSTOMER_REQUEST, Instant.now()), 4);
        return id;
    }

    @Override
    public void close() {
        producer.close();
    }

    private static UUID newId() {
        return Generators.timeBasedEpochGenerator().generate();
    }

    private void send(UUID id, OrderEvent event, long sequence) {
        var type = event.getClass().getAnnotation(EventType.class).value();
        var metadata = EventMetadata.of(id, type, "order-service", event.key(), Instant.now())
                .withSequence(sequence)
                .within(new EventContext(
                        "correlation-of-" + event.key(),
                        null,
                        "order_placement",
                        tenant,
                        EventPriority.NORMAL,
                        null,
                        null,
                        null));
        producer.send(new ProducerRecord<>(
                Topics.ORDER_EVENTS, null, event.key(), json.write(event), CloudEventHeaders.of(metadata)));
        producer.flush();
    }
}
