package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.verify.evidence.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the headers of all records of some orders with those that the committed AsyncAPI document promises. */
@SystemTest
class EventHeadersIT {

    private static final Path DOCUMENT = Path.of("../../docs/asyncapi.json");
    private static final Path SCHEMAS = Path.of("../../shared-events/src/main/resources/schemas");
    private static final List<String> COMPARED = List.of("type", "description", "const", "enum", "pattern", "format");

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    EventHeadersIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    /** All topics but those of erasures and promotions, whose keys are other ids. */
    private static final List<String> OF_ORDERS = Service.TOPICS.stream()
            .filter(topic -> !Set.of(Topics.CUSTOMERS, Topics.PROMOTION_RULES).contains(topic))
            .toList();

    @Test
    void everyRecordHasTheHeadersThatTheDocumentPromises() throws IOException {
        var document = JsonMapper.shared().readTree(Files.readString(DOCUMENT, UTF_8));
        var promised = document.at("/components/schemas/EventHeaders");
        var records = recordsOfSomeOrders();

        assertThat(records).extracting(ConsumerRecord::topic).containsAll(OF_ORDERS);
        assertThat(records).allSatisfy(record -> {
            var headers = headersOf(record);
            assertValid(headers, promised);
            assertValid(headers, document.at("/components/messages/" + headers.get("ce_type") + "/headers"));
            assertThat(headers).containsEntry("ce_subject", new String(record.key(), UTF_8));
        });
        assertSchemaIsServed(headersOf(records.getFirst()));
    }

    /** A paid, a declined, a cancelled and a reminded order, the first of which makes its product low. */
    private List<ConsumerRecord<byte[], byte[]>> recordsOfSomeOrders() {
        var sku = shop.newProduct(5);
        var paid = shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID).orderId();
        var declined =
                shop.place(Shop.order(sku, 1, PaymentMethod.CARD_DECLINED)).orderId();
        var late = shop.placeWithin(Duration.ofMinutes(10), Shop.order(sku, 100, PaymentMethod.CARD))
                .orderId();
        shop.await(declined, OrderStatus.CANCELLED);
        shop.await(late, OrderStatus.CANCELLED);
        var keys = Set.of(
                sku,
                paid.toString(),
                declined.toString(),
                late.toString(),
                reminded(sku).toString());
        try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
            Eventually.await()
                    .untilAsserted(() -> assertThat(topics.records(OF_ORDERS, keys))
                            .extracting(ConsumerRecord::topic)
                            .containsAll(OF_ORDERS));
            return topics.records(OF_ORDERS, keys);
        }
    }

    private UUID reminded(String sku) {
        sandbox.beSlow(Duration.ofSeconds(2));
        var order = shop.place(sku, 1).orderId();
        try (var database = new ServiceDatabase(suite, Service.ORDER)) {
            database.texts("UPDATE scheduled_event SET due = now() WHERE key = ? RETURNING key", order.toString());
        }
        return order;
    }

    private void assertSchemaIsServed(Map<String, String> headers) throws IOException {
        var committed = SCHEMAS.resolve(headers.get("ce_type") + ".json");
        try (var json = new JsonCalls()) {
            var served = json.get(URI.create(headers.get("ce_dataschema")));
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(JsonMapper.shared().readTree(served.body()))
                    .isEqualTo(JsonMapper.shared().readTree(Files.readString(committed, UTF_8)));
        }
    }

    /** Checks with the few keywords of JSON Schema that the document uses for headers. */
    private static void assertValid(Map<String, String> headers, JsonNode schema) {
        assertThat(schema.isObject()).isTrue();
        assertThat(schema.path("required"))
                .allSatisfy(name -> assertThat(headers).containsKey(name.stringValue()));
        schema.path("properties").forEachEntry((name, property) -> {
            assertThat(property.propertyNames()).as("keywords of " + name).isSubsetOf(COMPARED);
            var value = headers.get(name);
            if (value != null) {
                assertValid(name, value, property);
            }
        });
    }

    private static void assertValid(String name, String value, JsonNode property) {
        if (property.has("const")) {
            assertThat(value).as(name).isEqualTo(property.get("const").stringValue());
        }
        if (property.has("enum")) {
            assertThat(property.get("enum"))
                    .as(name)
                    .extracting(JsonNode::stringValue)
                    .contains(value);
        }
        if (property.has("pattern")) {
            assertThat(value).as(name).matches(property.get("pattern").stringValue());
        }
        switch (property.path("format").asString("")) {
            case "uuid" -> assertThat(UUID.fromString(value)).as(name).hasToString(value);
            case "date-time" -> assertThat(Instant.parse(value)).as(name).isNotNull();
            case "uri-reference" ->
                assertThat(URI.create(value).isAbsolute()).as(name).isTrue();
            default -> assertThat(value).as(name).isNotEmpty();
        }
    }

    private static Map<String, String> headersOf(ConsumerRecord<byte[], byte[]> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
