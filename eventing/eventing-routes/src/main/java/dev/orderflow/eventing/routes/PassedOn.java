package dev.orderflow.eventing.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.routes.Term.UnsuitableValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The extension attributes that a published event takes over: those that this starter neither sets nor lets events inherit. One of
 * them counts the routes on an event's way, which ends a circle of routes through several
 * applications. What a handler publishes begins to count again.
 */
final class PassedOn {

    /** The attribute that counts. */
    static final String HOPS = "ce_routehops";

    static final int MOST_HOPS = 8;

    private static final int MOST_BYTES = 16_384;

    private static final String EXTENSION = "ce_";

    private static final Set<String> OWN = Set.of(
            "ce_specversion",
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_subject",
            "ce_time",
            "ce_datacontenttype",
            "ce_dataschema",
            "ce_sequence",
            "ce_correlationid",
            "ce_causationid",
            "ce_intent",
            "ce_tenantid",
            "ce_priority",
            "ce_deadline",
            "ce_dedupkey",
            "ce_traceparent",
            "ce_tracestate",
            // Of the routed event; the published one gets its own.
            "ce_signature",
            "ce_signatureproof",
            HOPS);

    private PassedOn() {}

    /** @throws UnsuitableValueException when the event has passed too many routes, or has too large attributes */
    static List<Header> of(Headers headers) {
        var passed = new ArrayList<Header>();
        var bytes = 0;
        for (var header : headers) {
            if (header.key().startsWith(EXTENSION) && !OWN.contains(header.key())) {
                passed.add(header);
                bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
            }
        }
        if (bytes > MOST_BYTES) {
            throw new UnsuitableValueException(
                    "its extension attributes have " + bytes + " bytes, more than " + MOST_BYTES);
        }
        passed.add(new RecordHeader(
                HOPS, String.format(Locale.ROOT, "%d", hops(headers) + 1).getBytes(UTF_8)));
        return passed;
    }

    private static int hops(Headers headers) {
        var header = headers.lastHeader(HOPS);
        if (header == null || header.value() == null) {
            return 0;
        }
        var text = new String(header.value(), UTF_8);
        if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) < '0' + MOST_HOPS) {
            return text.charAt(0) - '0';
        }
        throw new UnsuitableValueException("it has passed " + MOST_HOPS + " routes, which seem to lead in a circle");
    }
}
