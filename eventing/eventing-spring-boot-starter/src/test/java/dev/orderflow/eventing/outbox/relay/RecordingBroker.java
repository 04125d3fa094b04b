package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker that accepts every event and records its id. Thread-safe. */
final class RecordingBroker {

    private final Set<UUID> received = ConcurrentHashMap.newKeySet();
    private final Gate acknowledging = new Gate();
    private final Consumer<UUID> listener;

    RecordingBroker() {
        this(event -> {});
    }

    /** @param listener called for each event */
    RecordingBroker(Consumer<UUID> listener) {
        this.listener = listener;
    }

    /** Gate that blocks a relay in {@code flush} while it is closed. */
    Gate acknowledging() {
        return acknowledging;
    }

    boolean has(UUID event) {
        return received.contains(event);
    }

    Producer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
                var event = CloudEventHeaders.read(message.headers()).id();
                received.add(event);
                listener.accept(event);
                return super.send(message, callback);
            }

            @Override
            public void flush() {
                acknowledging.pass();
                super.flush();
                clear();
            }
        };
    }
}
