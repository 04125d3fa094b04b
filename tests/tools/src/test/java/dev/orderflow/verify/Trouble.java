package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.verify.evidence.Service;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes failed events into a {@link World}: the rows that a service writes about an event it could not handle. */
record Trouble(World world) {

    /**
     * Writes a hold of a consumed event.
     *
     * @param due an interval of SQL from now on
     */
    void hold(Service service, UUID order, String type, String state, String due) {
        world.sql(service, """
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES (?, ?, 'order-events', ?, ?, ?, 1, 1, now() + ?::interval, '[]', 0, 0)
                """, service.group(), eventOf(order, type), order.toString(), type, state, due);
    }

    /** Writes a dead letter and returns its id. */
    UUID letter(Service service, UUID order, String type, String state) {
        return letter(service, eventOf(order, type), type, "order-events", order.toString(), -1, 0, state);
    }

    /** Sends a record that is not an event, writes the services' dead letters of it, and returns its place. */
    String poison(String topic, String state, Service... keepers) throws Exception {
        var sent = world.send(new ProducerRecord<>(topic, "poison".getBytes(UTF_8)));
        for (var keeper : keepers) {
            letter(keeper, UUID.randomUUID(), "unknown", topic, null, sent.partition(), sent.offset(), state);
        }
        return sent.toString();
    }

    /** Writes an outbox row that forwards an event to {@code topic}. */
    void forward(Service service, String topic, UUID order) {
        world.sql(service, """
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload, forwarded)
                VALUES (0, ?, ?, ?, 'dev.orderflow.order.paid.v1', 3, now(), '{}', true)
                """, world.event(UUID.randomUUID(), OrderPaid.class).id(), topic, order.toString());
    }

    /** Makes the service appear to be running. */
    void running(Service service) {
        world.sql(
                service,
                "UPDATE outbox_bucket SET owner = gen_random_uuid(), leased_until = now() + interval '1 hour'");
    }

    UUID eventOf(UUID order, String type) {
        return world.find(
                Service.ORDER, "SELECT event_id FROM outbox WHERE key = ? AND type = ?", order.toString(), type);
    }

    private UUID letter(
            Service service,
            UUID event,
            String type,
            String topic,
            String key,
            int partition,
            long offset,
            String state) {
        var id = UUID.randomUUID();
        world.sql(service, """
                INSERT INTO dead_letter (id, consumer, event_id, type, topic, source_partition, source_offset, key, headers,
                                         payload, handler, holds_key, exception, message, root_cause, cause_group, attempts,
                                         state, first_died_at, died_at, deaths)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', '{}', 'Handlers.handle', true, 'java.lang.IllegalStateException', 'no',
                        'java.lang.IllegalStateException: no', 'java.lang.IllegalStateException: no', '[]',
                        ?, now(), now(), 1)
                """, id, service.group(), event, type, topic, partition, offset, key, state);
        return id;
    }
}
