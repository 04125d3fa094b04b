package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads events in structured content mode with the JSON format: one JSON object with the attributes and the data.
 * <p>
 * The data is cut out of the value byte for byte, so that numbers keep their digits. Reading is limited by {@link JsonBounds}. The
 * last of several members with the same name counts, as with headers.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON Event Format for
 *     CloudEvents</a>
 */
final class StructuredEvents {

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(JsonBounds.CONSTRAINTS).build();

    /** Most attributes of other standards; the record itself keeps further ones, and those with longer names or values. */
    private static final int MOST_EXTENSIONS = 50;

    private static final int LONGEST_EXTENSION = 4096;

    /** Names that CloudEvents allows. */
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,20}");

    /** The header of each known attribute in binary mode. */
    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("specversion", "ce_specversion"),
            Map.entry("id", "ce_id"),
            Map.entry("type", "ce_type"),
            Map.entry("source", "ce_source"),
            Map.entry("subject", "ce_subject"),
            Map.entry("time", "ce_time"),
            Map.entry("datacontenttype", ContentType.HEADER),
            Map.entry("dataschema", "ce_dataschema"),
            Map.entry("sequence", "ce_sequence"),
            Map.entry("correlationid", "ce_correlationid"),
            Map.entry("causationid", "ce_causationid"),
            Map.entry("intent", "ce_intent"),
            Map.entry("tenantid", "ce_tenantid"),
            Map.entry("priority", "ce_priority"),
            Map.entry("deadline", "ce_deadline"),
            Map.entry("dedupkey", "ce_dedupkey"),
            Map.entry("traceparent", "ce_traceparent"),
            Map.entry("tracestate", "ce_tracestate"));

    private StructuredEvents() {}

    /** @throws UndecodableEventException when the value is not an event */
    static ReceivedEvent read(String contentType, byte @Nullable [] value) {
        ContentType.requireJsonFormat(contentType);
        if (value == null) {
            throw new UndecodableEventException("the record has no data, or too much of it");
        }
        if (value.length > JsonBounds.LONGEST_DOCUMENT) {
            throw new UndecodableEventException("the event has " + value.length + " bytes");
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), value)) {
            return new Members(value, parser).read();
        } catch (JacksonException e) {
            throw new UndecodableEventException("the record's value is not a JSON object of CloudEvents", e);
        }
    }

    /** The members of one event, while they are read. */
    private static final class Members {

        private final byte[] value;
        private final JsonParser parser;
        private final Map<String, String> attributes = new HashMap<>();
        private final Map<String, String> extensions = new LinkedHashMap<>();
        private byte @Nullable [] data;
        private @Nullable String base64;

        private Members(byte[] value, JsonParser parser) {
            this.value = value;
            this.parser = parser;
        }

        private ReceivedEvent read() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UndecodableEventException("the record's value is not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                member(parser.currentName(), parser.nextToken());
            }
            if (parser.nextToken() != null) {
                throw new UndecodableEventException("more JSON follows the event");
            }
            if (data != null && base64 != null) {
                throw new UndecodableEventException("the event has both data and data_base64");
            }
            return new ReceivedEvent(headers(), base64 == null ? data : decoded(base64));
        }

        private void member(String name, JsonToken token) {
            var header = HEADERS.get(name);
            if (name.equals("data")) {
                data = token == JsonToken.VALUE_NULL ? null : bytes();
            } else if (name.equals("data_base64")) {
                base64 = token == JsonToken.VALUE_NULL ? null : text(name, token);
            } else if (header == null) {
                extension(name, token);
            } else if (token == JsonToken.VALUE_NULL) {
                attributes.remove(header);
            } else {
                attributes.put(header, text(name, token));
            }
        }

        private void extension(String name, JsonToken token) {
            if (!token.isScalarValue()) {
                parser.skipChildren();
                return;
            }
            var header = "ce_" + name;
            extensions.remove(header);
            if (token != JsonToken.VALUE_NULL
                    && extensions.size() < MOST_EXTENSIONS
                    && EXTENSION.matcher(name).matches()
                    && parser.getStringLength() <= LONGEST_EXTENSION) {
                extensions.put(header, parser.getString());
            }
        }

        private String text(String name, JsonToken token) {
            if (!token.isScalarValue()) {
                throw new UndecodableEventException("attribute " + name + " is not a string");
            }
            return parser.getString();
        }

        /** Cuts out the current value. Offsets are unknown if the parser has found another encoding than UTF-8. */
        private byte[] bytes() {
            var begin = parser.currentTokenLocation().getByteOffset();
            if (parser.currentToken().isScalarValue()) {
                parser.finishToken();
            } else {
                parser.skipChildren();
            }
            var end = parser.currentLocation().getByteOffset();
            if (begin < 0 || end < begin) {
                throw new UndecodableEventException("the event is not encoded in UTF-8");
            }
            return Arrays.copyOfRange(value, (int) begin, (int) end);
        }

        private Headers headers() {
            var headers = new RecordHeaders();
            attributes.forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
            extensions.forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
            return headers;
        }

        private static byte[] decoded(String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new UndecodableEventException("data_base64 is not base64", e);
            }
        }
    }
}
