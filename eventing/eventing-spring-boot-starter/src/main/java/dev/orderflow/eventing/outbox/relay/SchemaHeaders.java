package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The {@code dataschema} attribute of each event type: the URI of its JSON Schema. It follows from the type, so the outbox does not
 * store it, and it is composed once per type. Thread-safe.
 */
final class SchemaHeaders {

    private static final String NAME = "ce_dataschema";

    /** Services publish far fewer types. Further ones would be composed each time. */
    private static final int MOST_TYPES = 10_000;

    private final @Nullable String base;
    private final Map<ByteBuffer, Header> byType = new ConcurrentHashMap<>();

    /** @param base URI to which the type is appended; null to omit the attribute */
    SchemaHeaders(@Nullable URI base) {
        this.base = base == null ? null : base.toString().endsWith("/") ? base.toString() : base + "/";
    }

    /** @param type in UTF-8; must not be changed afterwards */
    void addTo(Collection<Header> headers, byte[] type) {
        if (base != null) {
            headers.add(header(ByteBuffer.wrap(type)));
        }
    }

    private Header header(ByteBuffer type) {
        var known = byType.get(type);
        if (known == null) {
            known = new RecordHeader(NAME, (base + new String(type.array(), UTF_8)).getBytes(UTF_8));
            if (byType.size() < MOST_TYPES) {
                byType.put(type, known);
            }
        }
        return known;
    }
}
