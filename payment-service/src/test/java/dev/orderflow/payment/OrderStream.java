package dev.orderflow.payment;

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
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Duration;
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

    static final Money TOTAL = Money.of("15.30", "GBP");

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            TestInfrastructure.get().producerSettings(), new StringSerializer(), new ByteArraySerializer());
    private final EventJson json = new EventJson();
    private @Nullable String tenant;
    private @Nullable Instant deadline;

    /** Publishes {@code events} as those of a tenant. */
    synchronized <T> T of(String itsTenant, Supplier<T> events) {
        tenant = itsTenant;
        try {
            return events.get();
        } finally {
            tenant = null;
        }
    }

    /** Publishes {@code events} as those of a flow whose deadline is {@code time} from now. */
    synchronized <T> T within(Duration time, Supplier<T> events) {
        deadline = Instant.now().plus(time);
        try {
            return events.get();
        } finally {
            deadline = null;
        }
    }

    /** Returns the event's id. */
    UUID reserved(UUID order) {
        return reserved(order, PaymentMethod.CARD);
    }

    UUID reserved(UUID order, PaymentMethod method) {
        return send(Generators.timeBasedEpochGenerator().generate(), reservedEvent(order, method), 2);
    }

    UUID cancelled(UUID order) {
        var event = new OrderCancelled(order, "c1", CancellationReason.CUSTOMER_REQUEST, Instant.now());
        return send(Generators.timeBasedEpochGenerator().generate(), event, 3);
    }

    /** Publishes the same event again, like a publisher that did not receive the acknowledgement. */
    void repeat(UUID eventId, UUID order) {
        send(eventId, reservedEvent(order, PaymentMethod.CARD), 2);
    }

    @Override
    public void close() {
        producer.close();
    }

    private static OrderReserved reservedEvent(UUID order, PaymentMethod method) {
        return new OrderReserved(order, "c1", TOTAL, method, Instant.now());
    }

    private UUID send(UUID id, OrderEvent event, long sequence) {
        var type = event.getClass().getAnnotation(EventType.class).value();
        var metadata = EventMetadata.of(id, type, "order-service", event.key(), Instant.now())
                .withSequence(sequence)
                .within(new EventContext(
                        "correlation-of-" + event.key(),
                        null,
                        "order_placement",
                        tenant,
                        EventPriority.NORMAL,
                        deadline,
                        null,
                        null));
        producer.send(new ProducerRecord<>(
                Topics.ORDER_EVENTS, null, event.key(), json.write(event), CloudEventHeaders.of(metadata)));
        producer.flush();
        return id;
    }
}
