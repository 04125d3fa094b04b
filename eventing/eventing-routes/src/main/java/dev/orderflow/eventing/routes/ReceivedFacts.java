package dev.orderflow.eventing.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Facts of a consumed event. Parses the data when it is first asked for. Not thread-safe. */
final class ReceivedFacts implements Facts {

    private static final ObjectReader JSON = JsonMapper.builder(EventJson.boundedFactory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(Object.class);

    private final EventMetadata metadata;
    private final ReceivedEvent event;
    private @Nullable Object data;

    ReceivedFacts(EventMetadata metadata, ReceivedEvent event) {
        this.metadata = metadata;
        this.event = event;
    }

    /** @throws tools.jackson.core.JacksonException when the data is not JSON */
    @Override
    public @Nullable Object data() {
        if (data == null && event.data() != null) {
            data = JSON.readValue(event.data());
        }
        return data;
    }

    /** Returns what takes the place of a missing attribute, too. */
    @Override
    public @Nullable String attribute(String name) {
        return switch (name) {
            case "id" -> metadata.publishedId();
            case "type" -> metadata.type();
            case "source" -> metadata.source();
            case "subject" -> metadata.subject();
            case "correlationid" -> metadata.correlationId();
            case "causationid" -> metadata.causationId();
            case "datacontenttype" -> header("content-type");
            case "priority" -> metadata.priority().name().toLowerCase(Locale.ROOT);
            default -> header("ce_" + name);
        };
    }

    private @Nullable String header(String name) {
        var header = event.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
