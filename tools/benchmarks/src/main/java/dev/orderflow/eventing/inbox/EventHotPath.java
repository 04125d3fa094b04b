package dev.orderflow.eventing.inbox;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.BenchmarkHandlers;
import dev.orderflow.eventing.signatures.SignedHeaders;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.PaymentMethod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Work of the starter for each event besides the database and the broker, on an order of three lines. This package
 * gives access to the single steps, which are package-private.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventHotPath {

    private final EventJson json = new EventJson();
    private final Handlers handlers = new Handlers();
    private final BenchmarkHandlers called = new BenchmarkHandlers(handlers);
    private final InboxMetrics metrics = new InboxMetrics(new SimpleMeterRegistry(), "bench", called.tag());
    private final RecordDecoder decoder =
            new RecordDecoder(called.registry(), json, Set.of("bench.retry-1"), metrics, called.calls());

    private final OrderPlaced placed = placed();
    private final EventMetadata metadata = metadata(placed);
    private final byte[] payload = json.write(placed);
    private final byte[][] headers = bytes(CloudEventHeaders.of(metadata));
    private final Delivery delivery = (Delivery) Objects.requireNonNull(decoder.decode(message()));
    private final SignedHeaders signed =
            new SignedHeaders(EventDescriptor.of(OrderPlaced.class).topic(), metadata, payload);
    private final List<byte[][]> signedHeaders =
            signed.headers().stream().map(EventHotPath::bytes).toList();
    private final RecordDecoder verifying = new RecordDecoder(
            called.registry(), json, Set.of("bench.retry-1"), metrics, called.calls(), signed.verifier());
    private int next;

    private final Consumer<Delivery> handling =
            received -> received.handler().handle(received.event(), received.metadata());

    /** Minimal handler of the benchmark. */
    static final class Handlers {

        private int lines;

        @EventHandler
        void count(OrderPlaced event) {
            lines += event.lines().size();
        }
    }

    /** Encodes an event to bytes and headers. */
    @Benchmark
    public Object encode() {
        return List.of(json.write(placed), CloudEventHeaders.of(metadata));
    }

    /** Creates the record that Kafka's client creates for any consumer; part of {@link #decode}, too. */
    @Benchmark
    public Object receive() {
        return message();
    }

    /** Decodes a record to an event and the ordering stream it belongs to. */
    @Benchmark
    public @Nullable Object decode() {
        return decoder.decode(message());
    }

    /** Decodes signed records, in the order in which they were signed, and verifies them. */
    @Benchmark
    public @Nullable Object decodeSigned() {
        return verifying.decode(message(nextSigned()));
    }

    /** Decodes the same records without verifying them. */
    @Benchmark
    public @Nullable Object decodeUnverified() {
        return decoder.decode(message(nextSigned()));
    }

    /** Passes the decoded event through the chain to the handler, and counts it. */
    @Benchmark
    public int dispatch() {
        called.run(delivery, handling);
        metrics.handled(delivery.type());
        return handlers.lines;
    }

    private byte[][] nextSigned() {
        next = next + 1 == signedHeaders.size() ? 0 : next + 1;
        return signedHeaders.get(next);
    }

    private ConsumerRecord<String, byte[]> message() {
        return message(headers);
    }

    private ConsumerRecord<String, byte[]> message(byte[][] own) {
        return new ConsumerRecord<>(
                EventDescriptor.of(OrderPlaced.class).topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                placed.key().length(),
                payload.length,
                metadata.subject(),
                payload,
                unread(own),
                Optional.empty());
    }

    /** Returns headers whose names and values are still bytes, like those from the broker. */
    private static RecordHeaders unread(byte[][] headers) {
        var all = new Header[headers.length / 2];
        for (var i = 0; i < all.length; i++) {
            all[i] = new RecordHeader(ByteBuffer.wrap(headers[2 * i]), ByteBuffer.wrap(headers[2 * i + 1]));
        }
        return new RecordHeaders(all);
    }

    private static byte[][] bytes(List<Header> headers) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.key().getBytes(StandardCharsets.UTF_8), header.value()))
                .toArray(byte[][]::new);
    }

    /** Returns the data of the event. */
    public static byte[] placedJson() {
        return new EventJson().write(placed());
    }

    private static OrderPlaced placed() {
        return new OrderPlaced(
                UUID.fromString("01a1fdd5-ce7b-7411-b0be-d0a8e168ee48"),
                "17850",
                List.of(
                        line("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", 6, "2.55", "15.30"),
                        line("71053", "WHITE METAL LANTERN", 6, "3.39", "20.34"),
                        line("84406B", "CREAM CUPID HEARTS COAT HANGER", 8, "2.75", "22.00")),
                Money.of("57.64", "GBP"),
                PaymentMethod.CARD,
                Instant.parse("2026-11-21T13:11:20.123456Z"));
    }

    private static OrderLine line(String sku, String name, int quantity, String unitPrice, String amount) {
        return new OrderLine(sku, name, quantity, Money.of(unitPrice, "GBP"), Money.of(amount, "GBP"));
    }

    private static EventMetadata metadata(OrderPlaced event) {
        var descriptor = EventDescriptor.of(OrderPlaced.class);
        return EventMetadata.of(
                        Generators.timeBasedEpochGenerator().generate(),
                        descriptor.type(),
                        "order-service",
                        event.key(),
                        event.at())
                .within(new EventContext(
                        event.key(),
                        Generators.timeBasedEpochGenerator().generate().toString(),
                        descriptor.intent(),
                        null,
                        EventPriority.NORMAL,
                        null,
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        null));
    }
}
