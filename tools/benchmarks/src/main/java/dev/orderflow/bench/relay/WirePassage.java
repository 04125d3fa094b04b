package dev.orderflow.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.order.OrderPlaced;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Order events in memory that are sent to an empty topic by a producer like the relay's, and read back. */
final class WirePassage implements AutoCloseable {

    private static final int DIFFERENT = 50_000;

    private final PublishingService service;
    private final SentTopic topic;
    private final List<Content> contents;
    private final int events;

    private WirePassage(PublishingService service, SentTopic topic, List<Content> contents, int events) {
        this.service = service;
        this.topic = topic;
        this.contents = contents;
        this.events = events;
    }

    private record Content(byte[] key, byte[] value, List<Header> headers) {}

    /**
     * Speeds and size.
     *
     * @param sent events per second, from the producer's start to its end
     * @param received the same of the consumer
     * @param bytes of an event on the broker's disk
     */
    record Measured(double sent, double received, double bytes) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "sent %,.0f events/s, received %,.0f events/s, %.0f bytes each on disk",
                    sent,
                    received,
                    bytes);
        }
    }

    static WirePassage start(Environment environment, int events) {
        var json = new EventJson();
        var contents = LongStream.range(0, Math.min(events, DIFFERENT))
                .mapToObj(number -> content(json, Orders.placed(Orders.id(7, number), number)))
                .toList();
        return new WirePassage(
                PublishingService.start(environment.createDatabase("bench_wire")),
                new SentTopic(environment.bootstrapServers(), "bench.wire"),
                contents,
                events);
    }

    Measured measure(Wire wire) {
        topic.recreate();
        var sent = perSecond(() -> send(wire));
        var received = perSecond(() -> {
            var records = topic.readAll();
            if (records != events) {
                throw new BrokenPromiseException(String.format(
                        Locale.ROOT, "%,d events were sent, and %,d records are on the topic.", events, records));
            }
        });
        return new Measured(sent, received, (double) topic.bytes() / events);
    }

    private void send(Wire wire) {
        try (var producer = service.producer(wire.producerSettings())) {
            for (var number = 0; number < events; number++) {
                var content = contents.get(number % contents.size());
                producer.send(
                        new ProducerRecord<>(topic.name(), null, content.key(), content.value(), content.headers()));
            }
            producer.flush();
        }
    }

    private double perSecond(Runnable work) {
        var begin = System.nanoTime();
        work.run();
        return events / ((System.nanoTime() - begin) / 1e9);
    }

    private static Content content(EventJson json, OrderPlaced event) {
        var descriptor = EventDescriptor.of(OrderPlaced.class);
        var metadata = EventMetadata.of(
                        Generators.timeBasedEpochGenerator().generate(),
                        descriptor.type(),
                        PublishingService.NAME,
                        event.key(),
                        event.at())
                .within(new EventContext(
                        event.key(),
                        Generators.timeBasedEpochGenerator().generate().toString(),
                        descriptor.intent(),
                        null,
                        EventPriority.NORMAL,
                        null,
                        null,
                        null));
        return new Content(event.key().getBytes(UTF_8), json.write(event), CloudEventHeaders.of(metadata));
    }

    @Override
    public void close() {
        service.close();
    }
}
