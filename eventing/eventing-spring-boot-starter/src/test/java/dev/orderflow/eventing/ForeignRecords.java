package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of other publishers, as CloudEvents allows them and as they go wrong, with the outcome that each must have. The same seed
 * creates the same kinds of records.
 */
final class ForeignRecords {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Random random;
    private final List<Consumer<Draft>> kinds = List.of(
            draft -> {},
            draft -> {},
            draft -> {},
            draft -> draft.attributes.put("id", oddId()),
            draft -> draft.attributes.put("id", oddId()),
            draft -> draft.copies = 2,
            this::withoutExtensions,
            draft -> draft.charset = "; charset=utf-8",
            draft -> draft.base64 = true,
            this::typedAttributes,
            draft -> draft.attributes.put("tenantid", ""),
            draft -> draft.skipped("deadline", Instant.now().minusSeconds(1).toString()),
            draft -> draft.skipped("type", "com.example.unknown.v1"),
            draft -> draft.wrong(
                    "type", "sample.account.deposited.v9", "is a version that this application does not know"),
            draft -> draft.wrong("type", null, "attribute type is missing"),
            draft -> draft.wrong("specversion", pick("0.3", "2.0", "1"), "attribute specversion is '"),
            draft -> draft.wrong("specversion", null, "attribute specversion is missing"),
            draft -> draft.wrong("id", pick(null, ""), "attribute id is missing"),
            draft -> draft.wrong("source", null, "attribute source is missing"),
            draft -> draft.wrong("time", pick("yesterday", "2026-13-01T00:00:00Z", "12:00"), "attribute time is '"),
            draft -> draft.wrong(
                    "deadline", pick("soon", "5s"), "attribute deadline is 'so", "attribute deadline is '5s"),
            draft -> draft.wrong("sequence", pick("first", "1.5"), "attribute sequence is '"),
            draft -> draft.wrong("priority", pick("HIGH", "urgent"), "attribute priority is '"),
            draft -> draft.wrong("tenantid", "t".repeat(2_000), "attribute tenantid has 2000 characters"),
            draft -> draft.wrong(
                    "datacontenttype", pick("application/avro", "text/plain"), "attribute datacontenttype is '"),
            draft -> draft.deadData("{\"account\":", "data is not a valid Deposited", "not a JSON object"),
            draft -> draft.deadData("{\"amount\":\"many\"}", "data is not a valid Deposited"),
            draft -> draft.deadData(null, "the record has no data"),
            this::objectAsAttribute,
            this::bothKindsOfData,
            this::unknownFormat,
            this::noObject);

    ForeignRecords(long seed) {
        random = new Random(seed);
    }

    /** Required outcome of a record. */
    enum Outcome {
        HANDLED,
        SKIPPED,
        DEAD
    }

    /**
     * A record with a key of its own.
     *
     * @param copies  how often to send it
     * @param reasons texts of which a dead letter's message contains one
     */
    record Foreign(
            ProducerRecord<byte[], byte[]> message,
            String account,
            Outcome outcome,
            int copies,
            List<String> reasons) {}

    /** Creates a record for any partition. */
    Foreign next(String topic) {
        var draft = new Draft();
        kinds.get(random.nextInt(kinds.size())).accept(draft);
        var headers = new RecordHeaders();
        var value = draft.format != null || random.nextBoolean() ? structured(draft, headers) : binary(draft, headers);
        return new Foreign(
                new ProducerRecord<>(topic, random.nextInt(6), null, draft.account.getBytes(UTF_8), value, headers),
                draft.account,
                draft.outcome,
                draft.copies,
                draft.reasons);
    }

    /** A valid event, with attributes that its publisher may choose. */
    private final class Draft {

        private final String account = UUID.randomUUID().toString();
        private final Map<String, @Nullable String> attributes = new LinkedHashMap<>();
        private @Nullable String data = "{\"account\":\"" + account + "\",\"amount\":" + random.nextInt(100) + "}";
        private @Nullable String format;
        private @Nullable String rawValue;
        private String charset = "";
        private boolean base64;
        private boolean bothKinds;
        private Consumer<ObjectNode> typed = event -> {};
        private int copies = 1;
        private Outcome outcome = Outcome.HANDLED;
        private List<String> reasons = List.of();

        private Draft() {
            attributes.put("specversion", "1.0");
            attributes.put("id", Generators.timeBasedEpochGenerator().generate().toString());
            attributes.put("type", "sample.account.deposited.v1");
            attributes.put("source", pick("test", "https://shop.example/orders", "/sensors/ü"));
            optional("subject", account);
            optional("time", pick(Instant.now().toString(), "2026-01-02T03:04:05+05:30"));
            optional("sequence", Integer.toString(random.nextInt(100)));
            optional("correlationid", pick("flow", account, "c".repeat(1_000)));
            optional("causationid", pick("request 7", UUID.randomUUID().toString()));
            optional("priority", pick("high", "normal", "bulk"));
            optional("deadline", Instant.now().plus(Duration.ofDays(1)).toString());
            optional("dataschema", "https://shop.example/schema");
            optional("dedupkey", account);
            optional("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            optional("tracestate", pick("vendor=1", "vendor=" + "s".repeat(600)));
            optional("intent", pick("reorder", "Nachbestellung ü"));
            optional("region", pick("eu", "\u202e", "a\0b"));
        }

        private void optional(String name, String value) {
            if (random.nextBoolean()) {
                attributes.put(name, value);
            }
        }

        private void skipped(String attribute, String value) {
            attributes.put(attribute, value);
            outcome = Outcome.SKIPPED;
        }

        private void wrong(String attribute, @Nullable String value, String... because) {
            attributes.put(attribute, value);
            dead(because);
        }

        private void deadData(@Nullable String broken, String... because) {
            data = broken;
            dead(because);
        }

        private void dead(String... because) {
            outcome = Outcome.DEAD;
            reasons = List.of(because);
        }
    }

    private void withoutExtensions(Draft draft) {
        draft.attributes.keySet().retainAll(List.of("specversion", "id", "type", "source"));
    }

    /** CloudEvents has numbers and truth values, which JSON writes without quotes. */
    private void typedAttributes(Draft draft) {
        draft.format = STRUCTURED;
        draft.typed = event -> event.put("sequence", random.nextInt(100))
                .put("express", random.nextBoolean())
                .put("floor", random.nextInt(9))
                .putNull("region");
    }

    private void objectAsAttribute(Draft draft) {
        draft.format = STRUCTURED;
        draft.typed = event -> event.putObject("subject").put("order", 1);
        draft.dead("attribute subject is not a string");
    }

    private void bothKindsOfData(Draft draft) {
        draft.format = STRUCTURED;
        draft.bothKinds = true;
        draft.dead("the event has both data and data_base64");
    }

    private void unknownFormat(Draft draft) {
        draft.format = pick("application/cloudevents+avro", "application/cloudevents-batch+json");
        draft.dead("attribute content-type is '");
    }

    private void noObject(Draft draft) {
        draft.format = STRUCTURED;
        draft.rawValue = pick("[]", "null", "", "no JSON", "{\"data\":" + "[".repeat(500), "{} {}");
        draft.dead("not a JSON object", "more JSON follows");
    }

    private String oddId() {
        return pick(
                        "order-",
                        "Bestellung ü ",
                        "1-1-1-1-",
                        "x".repeat(900),
                        UUID.randomUUID().toString().toUpperCase(Locale.ROOT) + " ")
                + random.nextLong();
    }

    private byte @Nullable [] binary(Draft draft, RecordHeaders headers) {
        draft.attributes.forEach((name, value) -> {
            if (!name.equals("datacontenttype") && (value != null || random.nextBoolean())) {
                headers.add("ce_" + name, value == null ? null : value.getBytes(UTF_8));
            }
        });
        var contentType = draft.attributes.getOrDefault("datacontenttype", "application/json");
        if (contentType != null && (random.nextInt(4) > 0 || !contentType.equals("application/json"))) {
            headers.add("content-type", (contentType + draft.charset).getBytes(UTF_8));
        }
        return draft.data == null ? null : draft.data.getBytes(UTF_8);
    }

    private byte[] structured(Draft draft, RecordHeaders headers) {
        var format = draft.format == null ? STRUCTURED : draft.format;
        headers.add("content-type", (format + draft.charset).getBytes(UTF_8));
        if (draft.rawValue != null) {
            return draft.rawValue.getBytes(UTF_8);
        }
        var event = JSON.createObjectNode();
        draft.attributes.forEach((name, value) -> {
            if (value != null || random.nextBoolean()) {
                event.put(name, value);
            }
        });
        draft.typed.accept(event);
        var text = event.toString();
        if (draft.data == null) {
            return text.getBytes(UTF_8);
        }
        var base64 = "\"data_base64\":\"" + Base64.getEncoder().encodeToString(draft.data.getBytes(UTF_8)) + "\"";
        var json = "\"data\":" + draft.data;
        var data = draft.bothKinds ? json + "," + base64 : draft.base64 ? base64 : json;
        return (text.substring(0, text.length() - 1) + "," + data + "}").getBytes(UTF_8);
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }
}
