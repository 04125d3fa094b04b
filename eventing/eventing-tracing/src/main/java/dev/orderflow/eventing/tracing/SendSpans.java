package dev.orderflow.eventing.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.tracing.Span;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Records how long each sampled record takes from the producer to the broker's acknowledgement. A record that is sent again, because
 * the relay was interrupted or the event is retried, has a span each time.
 * <p>
 * The span travels in the record's headers, whose value stays that of the publication: consumers are children of the publication,
 * which exists even if the process dies before this span is exported. No event is looked up when the broker answers, and nothing
 * remains if it never does.
 */
final class SendSpans {

    private final EventSpans spans;

    SendSpans(EventSpans spans) {
        this.spans = spans;
    }

    /** The header {@code traceparent} of a record that is being sent, and the span of sending it. */
    private record Sending(byte[] value, Span span) implements Header {

        @Override
        public String key() {
            return Traceparent.NAME;
        }
    }

    /** Begins to send a record. */
    void sent(ProducerRecord<?, ?> message) {
        var headers = message.headers();
        var traceparent = headers.lastHeader(Traceparent.NAME);
        if (!spans.isRecording() || !Traceparent.isSampled(traceparent)) {
            return;
        }
        var span = spans.childOf(new String(traceparent.value(), UTF_8), text(headers, "tracestate"))
                .name("send " + message.topic())
                .kind(Span.Kind.CLIENT)
                .start();
        span.tag(EventSpans.ID, EventSpans.bounded(text(headers, "ce_id")))
                .tag(EventSpans.TYPE, EventSpans.bounded(text(headers, "ce_type")))
                .tag(EventSpans.KEY, EventSpans.bounded(text(headers, "ce_subject")))
                .tag(EventSpans.TOPIC, message.topic());
        headers.remove(Traceparent.NAME);
        headers.add(new Sending(traceparent.value(), span));
    }

    /** Ends the span of a record. */
    void acknowledged(Headers headers, @Nullable Exception failure) {
        if (headers.lastHeader(Traceparent.NAME) instanceof Sending sending) {
            if (failure != null) {
                sending.span().error(failure);
            }
            sending.span().end();
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
