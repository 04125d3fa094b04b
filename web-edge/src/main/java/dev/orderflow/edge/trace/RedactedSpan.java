package dev.orderflow.edge.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A span whose name, attributes, events and status are redacted. */
final class RedactedSpan extends DelegatingSpanData {

    private final String name;
    private final Attributes attributes;
    private final List<EventData> events;
    private final StatusData status;

    RedactedSpan(SpanData span) {
        super(span);
        this.name = Redaction.of(span.getName());
        this.attributes = redacted(span.getAttributes());
        this.events = span.getEvents().stream().map(RedactedSpan::redacted).toList();
        this.status = StatusData.create(
                span.getStatus().getStatusCode(), Redaction.of(span.getStatus().getDescription()));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public StatusData getStatus() {
        return status;
    }

    private static EventData redacted(EventData event) {
        return EventData.create(
                event.getEpochNanos(),
                Redaction.of(event.getName()),
                redacted(event.getAttributes()),
                event.getTotalAttributeCount());
    }

    private static Attributes redacted(Attributes attributes) {
        var changed = new ArrayList<AttributeKey<String>>();
        attributes.forEach((key, value) -> {
            if (value instanceof String text && !Redaction.of(text).equals(text)) {
                changed.add(AttributeKey.stringKey(key.getKey()));
            }
        });
        if (changed.isEmpty()) {
            return attributes;
        }
        var redacted = attributes.toBuilder();
        for (var key : changed) {
            redacted.put(key, Redaction.of(Objects.requireNonNull(attributes.get(key))));
        }
        return redacted.build();
    }
}
