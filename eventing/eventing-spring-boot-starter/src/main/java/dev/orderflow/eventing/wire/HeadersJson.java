package dev.orderflow.eventing.wire;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A record's headers as JSON and back, exactly: any bytes, in their order, repeated names too. */
public final class HeadersJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

    private HeadersJson() {}

    private record Entry(String name, @Nullable String base64) {}

    public static String write(Headers headers) {
        var entries = new ArrayList<Entry>();
        for (var header : headers) {
            var value = header.value();
            entries.add(new Entry(
                    header.key(), value == null ? null : Base64.getEncoder().encodeToString(value)));
        }
        return MAPPER.writeValueAsString(entries);
    }

    /** @throws RuntimeException when {@code json} was not written by {@link #write} */
    public static Headers read(String json) {
        return new RecordHeaders(MAPPER.readValue(json, ENTRIES).stream()
                .map(HeadersJson::header)
                .toList());
    }

    private static Header header(Entry entry) {
        var base64 = entry.base64();
        return new RecordHeader(
                entry.name(), base64 == null ? null : Base64.getDecoder().decode(base64));
    }
}
