package dev.orderflow.eventing.bus;

import dev.orderflow.eventing.EventPriority;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Event as a listener receives it: a slot of a ring, or a copy of one.
 * <p>
 * It is valid until the listener returns. Afterwards its fields are those of a later event; use {@link #copy()} to keep one.
 *
 * @param <E> type of the value
 */
public final class BusEvent<E> {

    private static final byte[] EMPTY = {};

    String key = "";
    EventPriority priority = EventPriority.NORMAL;

    @Nullable
    Object value;

    String type = "";
    String source = "";
    long idHigh;
    long idLow;
    long sequence;
    long time;
    long deadline;

    @Nullable
    String correlationId;

    @Nullable
    String tenantId;

    byte[] payload = EMPTY;
    int offset;
    int length;

    BusEvent() {}

    /** {@return the key, whose events of one priority keep their order} */
    public String key() {
        return key;
    }

    public EventPriority priority() {
        return priority;
    }

    /** {@return whether the event was published with a value, rather than with a payload only} */
    public boolean hasValue() {
        return value != null;
    }

    /**
     * Returns the published value.
     *
     * @throws IllegalStateException when the event has only a payload, which listeners for {@code Object} receive, too
     */
    @SuppressWarnings("unchecked") // A subscription checks the class before it calls its listener.
    public E value() {
        if (value == null) {
            throw new IllegalStateException(
                    "the event of type " + type + " with the key " + key + " has only a payload");
        }
        return (E) value;
    }

    /** {@return the type's name on the wire; empty if none was stated} */
    public String type() {
        return type;
    }

    /** {@return the service that published the event; empty if none was stated} */
    public String source() {
        return source;
    }

    /** {@return the id, as a new object; all zeros if none was stated} */
    public UUID id() {
        return new UUID(idHigh, idLow);
    }

    /** {@return the first 64 bits of the id} */
    public long idHigh() {
        return idHigh;
    }

    /** {@return the last 64 bits of the id} */
    public long idLow() {
        return idLow;
    }

    /** {@return the position in the key's stream; 0 if none was stated} */
    public long sequence() {
        return sequence;
    }

    /** {@return the time of the fact, in milliseconds since 1970; 0 if none was stated} */
    public long time() {
        return time;
    }

    /** {@return the instant after which the event is skipped, in milliseconds since 1970; 0 for none} */
    public long deadline() {
        return deadline;
    }

    public @Nullable String correlationId() {
        return correlationId;
    }

    public @Nullable String tenantId() {
        return tenantId;
    }

    /** {@return the payload, as a new read-only buffer over the publisher's array} */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(payload, offset, length).slice().asReadOnlyBuffer();
    }

    /** {@return the array that contains the payload, which must not be changed} */
    public byte[] payloadArray() {
        return payload;
    }

    /** {@return the payload's first index in its array} */
    public int payloadOffset() {
        return offset;
    }

    /** {@return the payload's length in bytes} */
    public int payloadLength() {
        return length;
    }

    /** Returns a copy that stays valid, with a copy of the payload. */
    public BusEvent<E> copy() {
        var copy = new BusEvent<E>();
        copy.set(this);
        copy.payload = Arrays.copyOfRange(payload, offset, offset + length);
        copy.offset = 0;
        return copy;
    }

    void set(BusEvent<?> other) {
        key = other.key;
        priority = other.priority;
        value = other.value;
        type = other.type;
        source = other.source;
        idHigh = other.idHigh;
        idLow = other.idLow;
        sequence = other.sequence;
        time = other.time;
        deadline = other.deadline;
        correlationId = other.correlationId;
        tenantId = other.tenantId;
        payload = other.payload;
        offset = other.offset;
        length = other.length;
    }

    /** Drops the references, so that the garbage collector may have what they refer to. */
    void clear() {
        value = null;
        payload = EMPTY;
        offset = 0;
        length = 0;
    }
}
