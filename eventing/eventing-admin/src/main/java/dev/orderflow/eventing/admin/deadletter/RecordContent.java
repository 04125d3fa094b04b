package dev.orderflow.eventing.admin.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Converts a record's bytes to text that an operator can read. */
final class RecordContent {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RecordContent() {}

    /** Returns the payload verbatim if it is JSON, so that no number is reformatted; otherwise its bytes in a JSON object. */
    static @Nullable String json(byte @Nullable [] payload) {
        if (payload == null) {
            return null;
        }
        return text(payload).filter(RecordContent::isJson).orElseGet(() -> "{\"base64\":\"" + base64(payload) + "\"}");
    }

    /**
     * Returns text unchanged and other bytes as {@code base64:…}. If several headers have the same name, the last value counts,
     * as in Kafka.
     */
    static Map<String, @Nullable String> readable(Headers headers) {
        var readable = new LinkedHashMap<String, @Nullable String>();
        for (var header : headers) {
            var value = header.value();
            readable.put(header.key(), value == null ? null : text(value).orElseGet(() -> "base64:" + base64(value)));
        }
        return readable;
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isJson(String text) {
        try {
            return !MAPPER.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
