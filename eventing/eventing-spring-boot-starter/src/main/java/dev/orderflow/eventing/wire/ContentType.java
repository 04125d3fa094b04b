package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.EventMetadata;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Media types of records and of their data. */
final class ContentType {

    static final String HEADER = "content-type";

    private static final byte[] JSON = CloudEventHeaders.bytes(EventMetadata.JSON);
    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = "application/cloudevents+json";

    private ContentType() {}

    /** Returns the text of a header without decoding the usual one. */
    static @Nullable String of(Header header) {
        return Arrays.equals(header.value(), JSON) ? EventMetadata.JSON : CloudEventHeaders.text(header);
    }

    /** Returns the content type of a record in structured content mode; null in binary mode. */
    static @Nullable String structured(Headers headers) {
        var header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length < STRUCTURED.length()) {
            return null;
        }
        var text = of(header);
        return text != null && text.regionMatches(true, 0, STRUCTURED, 0, STRUCTURED.length()) ? text : null;
    }

    /** @throws UndecodableEventException for a format of events other than JSON */
    static void requireJsonFormat(String contentType) {
        if (!mediaType(contentType).equals(STRUCTURED_JSON)) {
            throw new UndecodableEventException("attribute content-type is " + CloudEventHeaders.shown(contentType)
                    + "; of the formats of structured content mode only " + STRUCTURED_JSON + " is supported");
        }
        requireUtf8(HEADER, contentType);
    }

    /** @throws UndecodableEventException for data that is not JSON */
    static void requireJsonData(String contentType) {
        if (contentType.equals(EventMetadata.JSON)) {
            return;
        }
        var mediaType = mediaType(contentType);
        if (!mediaType.equals(EventMetadata.JSON) && !mediaType.equals("text/json") && !mediaType.endsWith("+json")) {
            throw new UndecodableEventException("attribute datacontenttype is " + CloudEventHeaders.shown(contentType)
                    + ", which is not a media type of JSON");
        }
        requireUtf8("datacontenttype", contentType);
    }

    private static void requireUtf8(String attribute, String contentType) {
        for (var parameter : contentType.toLowerCase(Locale.ROOT).split(";")) {
            var text = parameter.strip();
            if (text.startsWith("charset=")) {
                var charset = text.substring("charset=".length()).replace("\"", "");
                if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
                    throw new UndecodableEventException("attribute " + attribute + " is "
                            + CloudEventHeaders.shown(contentType) + "; the only supported charset is utf-8");
                }
            }
        }
    }

    private static String mediaType(String contentType) {
        var end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
