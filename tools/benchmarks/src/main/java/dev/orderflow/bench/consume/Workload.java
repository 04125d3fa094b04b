package dev.orderflow.bench.consume;

import com.fasterxml.uuid.Generators;
import dev.orderflow.bench.consume.StockEvent.Sold;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Events that both sides consume: each sells some units of one product to one order.
 *
 * @param products enough for most events of a batch to be about different ones
 */
record Workload(int events, int keys, int products) {

    private static final String SHIP_TO =
            "Mrs. A. Example, 221B Long Lane, Flat 7, Little Whinging, Surrey, United Kingdom, GU21 4XX";
    private static final String REMARK = "please ring twice and leave the parcel with the neighbours ".repeat(3);

    /** Publishes the events and returns the number of units sold. */
    long publish(String bootstrapServers) {
        var properties = Map.<String, Object>of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "batch.size",
                64 * 1024,
                // With more, a second batch for the new topic may be accepted after the first was rejected.
                "max.in.flight.requests.per.connection",
                1);
        var random = new Random(1);
        var orders = orders(random);
        var sold = 0L;
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (var number = 0; number < events; number++) {
                var event = event(orders.get(random.nextInt(keys)), random);
                producer.send(message(event));
                sold += event.quantity();
            }
        }
        return sold;
    }

    static String sku(int product) {
        return String.format(Locale.ROOT, "SKU-%06d", product);
    }

    private List<UUID> orders(Random random) {
        var orders = new ArrayList<UUID>();
        for (var number = 0; number < keys; number++) {
            orders.add(new UUID(random.nextLong(), random.nextLong()));
        }
        return orders;
    }

    private Sold event(UUID order, Random random) {
        var product = random.nextInt(products);
        return new Sold(
                order,
                Integer.toString(10_000 + random.nextInt(10_000)),
                sku(product),
                "WHITE HANGING HEART T-LIGHT HOLDER " + product,
                1 + random.nextInt(9),
                new BigDecimal("2.55"),
                "GBP",
                Instant.now(),
                SHIP_TO,
                REMARK);
    }

    private static ProducerRecord<String, byte[]> message(Sold event) {
        return new ProducerRecord<>(
                StockEvent.TOPIC,
                null,
                event.key(),
                Encoding.JSON.write(event),
                CloudEventHeaders.of(EventMetadata.of(
                        Encoding.IDS.generate(),
                        EventDescriptor.of(Sold.class).type(),
                        "bench",
                        event.key(),
                        event.at())));
    }

    private static final class Encoding {

        private static final EventJson JSON = new EventJson();
        private static final com.fasterxml.uuid.NoArgGenerator IDS = Generators.timeBasedEpochGenerator();
    }
}
