package dev.orderflow.eventing.bus;

import dev.orderflow.eventing.EventPriority;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Event to publish. A publisher fills the same draft again and again: the bus copies its fields into a slot, so that publishing
 * allocates nothing. It must not be shared between threads.
 */
public final class Draft {

    private static final BusEvent<Object> EMPTY = new BusEvent<>();

    private final BusEvent<Object> event = new BusEvent<>();

    /**
     * Begins an event with a value, which must not change any more. All other fields become empty.
     *
     * @param key decides the lane; the events of one key and priority keep their order
     */
    public Draft begin(String key, Object value) {
        begin(key);
        event.value = value;
        return this;
    }

    /** Begins an event that has only headers and a payload. All other fields become empty. */
    public Draft begin(String key) {
        event.set(EMPTY);
        event.key = key;
        return this;
    }

    public Draft priority(EventPriority priority) {
        event.priority = priority;
        return this;
    }

    public Draft type(String type) {
        event.type = type;
        return this;
    }

    public Draft source(String source) {
        event.source = source;
        return this;
    }

    public Draft id(UUID id) {
        return id(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Sets the id by its two halves. */
    public Draft id(long high, long low) {
        event.idHigh = high;
        event.idLow = low;
        return this;
    }

    public Draft sequence(long sequence) {
        event.sequence = sequence;
        return this;
    }

    /** Sets the time of the fact, in milliseconds since 1970. */
    public Draft time(long millis) {
        event.time = millis;
        return this;
    }

    /** Sets the instant after which the event is skipped, in milliseconds since 1970; 0 for none. */
    public Draft deadline(long millis) {
        event.deadline = millis;
        return this;
    }

    public Draft correlationId(@Nullable String correlationId) {
        event.correlationId = correlationId;
        return this;
    }

    public Draft tenantId(@Nullable String tenantId) {
        event.tenantId = tenantId;
        return this;
    }

    /** Sets the payload. The bus refers to the array, which must not change any more. */
    public Draft payload(byte[] array) {
        return payload(array, 0, array.length);
    }

    /**
     * Sets the payload to a part of an array. The bus refers to the array, which must not change any more.
     *
     * @throws IndexOutOfBoundsException when the array has no such part
     */
    public Draft payload(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        event.payload = array;
        event.offset = offset;
        event.length = length;
        return this;
    }

    BusEvent<Object> event() {
        return event;
    }
}
