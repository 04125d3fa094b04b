package dev.orderflow.eventing.tracing;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Connects a Kafka producer, which creates it by its class name, with {@link SendSpans}. */
public final class SendInterceptor implements ProducerInterceptor<Object, Object> {

    /** Name of the producer property that contains the {@link SendSpans}. */
    static final String SPANS = "eventing.tracing.send-spans";

    private @Nullable SendSpans spans;

    @Override
    public void configure(Map<String, ?> properties) {
        spans = (SendSpans) properties.get(SPANS);
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> message) {
        if (spans != null) {
            spans.sent(message);
        }
        return message;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception failure, @Nullable Headers headers) {
        if (spans != null && headers != null) {
            spans.acknowledged(headers, failure);
        }
    }

    @Override
    public void close() {
        // Belongs to the application context.
    }
}
