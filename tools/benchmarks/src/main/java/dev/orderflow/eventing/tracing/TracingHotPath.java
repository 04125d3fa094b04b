package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.inbox.handler.BenchmarkHandlers;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.inbox.handler.HandlerMethod;
import dev.orderflow.eventing.outbox.PublicationContext.Publication;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.OrderPaid;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Work of tracing for each event, on the thread that publishes, sends or handles it: without encoding and exporting spans. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TracingHotPath {

    private static final String SPAN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";
    private static final Publication EVENT =
            new Publication(UUID.randomUUID(), "dev.orderflow.order.paid.v1", "order-events", "4711");

    private final EventSpans spans = spans();
    private final PublishSpans publishing = new PublishSpans(spans);
    private final SendSpans sending = new SendSpans(spans);

    private final ConsumeSpans consuming = new ConsumeSpans(spans, "bench", new OpenSpans(System::nanoTime));

    private final EventContext unsampled = context("00");
    private final EventContext sampled = context("01");
    private final ProducerRecord<byte[], byte[]> unsampledMessage = message(unsampled);
    private final Call unsampledCall = call(unsampled);
    private final Call sampledCall = call(sampled);

    private int handled;

    /** A handler that is about to be called. */
    private record Call(EventMetadata metadata, DomainEvent event, HandlerMethod handler, ConsumedRecord message)
            implements HandlerCalls.Call {

        @Override
        public UUID id() {
            return metadata.id();
        }
    }

    /** Minimal handler of the benchmark. */
    static final class Handlers {

        @EventHandler
        void ignore(OrderPaid event) {
            Objects.requireNonNull(event);
        }
    }

    /** Publishes an event of a trace that is not recorded. */
    @Benchmark
    public Object publishUnsampled() {
        return publishing.of(EVENT, unsampled);
    }

    /** Publishes an event of a recorded trace. */
    @Benchmark
    public Object publishSampled() {
        return publishing.of(EVENT, sampled);
    }

    /** Sends a record of a trace that is not recorded and has it acknowledged. */
    @Benchmark
    public Object sendUnsampled() {
        return send(unsampledMessage);
    }

    /** Creates a record of a recorded trace, sends it and has it acknowledged. */
    @Benchmark
    public Object sendSampled() {
        return send(message(sampled));
    }

    /** Handles an event of a trace that is not recorded. */
    @Benchmark
    public int consumeUnsampled() {
        return consume(unsampledCall);
    }

    /** Handles an event of a recorded trace, and learns that it was applied. */
    @Benchmark
    public int consumeSampled() {
        return consume(sampledCall);
    }

    private int consume(Call call) {
        consuming.around(call, () -> handled++);
        consuming.applied(call.message());
        return handled;
    }

    private Object send(ProducerRecord<byte[], byte[]> message) {
        sending.sent(message);
        sending.acknowledged(message.headers(), null);
        return message;
    }

    private static ProducerRecord<byte[], byte[]> message(EventContext context) {
        var message = new ProducerRecord<byte[], byte[]>("order-events", new byte[0]);
        message.headers()
                .add("ce_id", new byte[36])
                .add("ce_type", new byte[30])
                .add(
                        Traceparent.NAME,
                        Objects.requireNonNull(context.traceparent()).getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    private static Call call(EventContext context) {
        var type = EVENT.type();
        var entry = Objects.requireNonNull(
                new BenchmarkHandlers(new Handlers()).registry().find(type));
        var metadata = EventMetadata.of(EVENT.id(), type, "order-service", EVENT.key(), Instant.EPOCH)
                .within(context);
        var headers = new RecordHeaders()
                .add(
                        Traceparent.NAME,
                        Objects.requireNonNull(context.traceparent()).getBytes(StandardCharsets.US_ASCII));
        var source = new SourceRecord(EVENT.id(), EVENT.topic(), 0, 0, EVENT.key(), type, headers, null);
        var event = new OrderPaid(new UUID(0, 1), "17850", Money.of("57.64", "GBP"), Instant.EPOCH);
        return new Call(metadata, event, entry.handler(), ConsumedRecord.first(source));
    }

    private static EventContext context(String flags) {
        return new EventContext(null, null, null, null, EventPriority.NORMAL, null, SPAN + flags, null);
    }

    private static EventSpans spans() {
        var provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new Discarding()).build())
                .build();
        var otel = provider.get("bench");
        var current = new OtelCurrentTraceContext();
        var tracer = new OtelTracer(otel, current, event -> {}, new OtelBaggageManager(current, List.of(), List.of()));
        var propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        return new EventSpans(tracer, new OtelPropagator(propagators, otel), true);
    }

    private static final class Discarding implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
