package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.DomainEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts event records to JSON and back. Has its own mapper, because an application's configuration of its REST API must not
 * change the wire format. Reading ignores unknown fields, and enforces {@link JsonBounds}. Thread-safe.
 */
public class EventJson {

    private final JsonMapper mapper = JsonMapper.builder(boundedFactory())
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(new LeanReading())
            .addModule(JsonBounds.values())
            .build();
    private final ClassValue<ObjectReader> readers = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return mapper.readerFor(type);
        }
    };

    private final EventContracts contracts;

    /** Creates a conversion without contracts. */
    public EventJson() {
        this(EventContracts.NONE);
    }

    public EventJson(EventContracts contracts) {
        this.contracts = contracts;
    }

    /** Returns a factory with the bounds of this class, for other readers of data from topics. */
    public static JsonFactory boundedFactory() {
        return JsonFactory.builder()
                .streamReadConstraints(JsonBounds.CONSTRAINTS)
                .build();
    }

    public EventContracts contracts() {
        return contracts;
    }

    /** @throws IllegalArgumentException when the event cannot be written as JSON */
    public byte[] write(DomainEvent event) {
        try {
            return mapper.writeValueAsBytes(event);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(event.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /** @throws UndecodableEventException when the bytes are not JSON of that event, or exceed a bound */
    public <E extends DomainEvent> E read(byte[] json, Class<E> eventClass) {
        if (json.length > JsonBounds.LONGEST_DOCUMENT) {
            throw new UndecodableEventException("data has " + json.length + " bytes");
        }
        try {
            E event = readers.get(eventClass).readValue(json);
            if (event == null) {
                throw new UndecodableEventException("data is null");
            }
            return event;
        } catch (JacksonException e) {
            throw new UndecodableEventException("data is not a valid " + eventClass.getSimpleName(), e);
        }
    }
}
