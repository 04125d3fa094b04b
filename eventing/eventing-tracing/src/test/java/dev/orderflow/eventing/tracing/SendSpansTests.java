package dev.orderflow.eventing.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SendSpansTests {

    private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    private final RecordedSpans recorded = new RecordedSpans();
    private final SendInterceptor interceptor = new SendInterceptor();

    SendSpansTests() {
        interceptor.configure(Map.of(SendInterceptor.SPANS, new SendSpans(recorded.spans)));
    }

    @Test
    void aSpanLastsUntilTheBrokerAcknowledges() {
        var message = record(SPAN + "01");
        interceptor.onSend(message);
        assertThat(recorded.all()).isEmpty();

        interceptor.onAcknowledgement(null, null, message.headers());

        var span = recorded.only();
        assertThat(span.getName()).isEqualTo("send topic");
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(RecordedSpans.tag(span, EventSpans.ID)).isEqualTo("4711");
    }

    @Test
    void theRecordKeepsItsTraceparent() {
        var message = record(SPAN + "01");
        interceptor.onSend(message);

        assertThat(message.headers().headers("traceparent"))
                .singleElement()
                .satisfies(
                        header -> assertThat(new String(header.value(), UTF_8)).isEqualTo(SPAN + "01"));
        assertThat(message.headers().toArray()).hasSize(2);
    }

    @Test
    void aRecordThatIsSentAgainHasAnotherSpan() {
        var message = record(SPAN + "01");
        interceptor.onSend(message);
        interceptor.onAcknowledgement(null, new TimeoutException("no answer"), message.headers());
        var again = record(SPAN + "01");
        interceptor.onSend(again);
        interceptor.onAcknowledgement(null, null, again.headers());

        assertThat(recorded.all())
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.UNSET);
    }

    @Test
    void anUnrecordedRecordIsNotTouched() {
        var message = record(SPAN + "00");
        var headers = message.headers().toArray();
        interceptor.onSend(message);
        interceptor.onAcknowledgement(null, null, message.headers());

        assertThat(message.headers().toArray()).containsExactly(headers);
        assertThat(recorded.all()).isEmpty();
    }

    @Test
    void aProducerWithoutSpansSendsAsBefore() {
        var unconfigured = new SendInterceptor();
        unconfigured.configure(Map.of());
        var message = record(SPAN + "01");

        assertThat(unconfigured.onSend(message)).isSameAs(message);
        unconfigured.onAcknowledgement(null, null, message.headers());
        assertThat(recorded.all()).isEmpty();
    }

    private static ProducerRecord<Object, Object> record(String traceparent) {
        var message = new ProducerRecord<Object, Object>("topic", "key", "value");
        message.headers().add("traceparent", traceparent.getBytes(UTF_8)).add("ce_id", "4711".getBytes(UTF_8));
        return message;
    }
}
