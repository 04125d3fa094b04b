package dev.orderflow.eventing.fault;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A request to send a record that is not an event.
 *
 * @param topic     an existing topic
 * @param key       the record's key; null: none
 * @param value     at most 100 000 bytes of UTF-8; null: a default text
 * @param partition the record's partition; null: chosen by the key, or any
 */
record PoisonRequest(
        @NotBlank @Size(max = 249) String topic,
        @Nullable @Size(max = 200) String key,
        @Nullable @Size(max = MOST_BYTES) String value,
        @Nullable @Min(0) Integer partition) {

    /** Maximum size of the value, far below the broker's limit. */
    static final int MOST_BYTES = 100_000;
}
