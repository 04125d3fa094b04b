package dev.orderflow.eventing.outbox;

import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/**
 * A time after which no event may be sent.
 *
 * @param missed creates the failure of events that are not acknowledged by then
 */
record SendingLimit(long nanoTime, Supplier<KafkaException> missed) {

    boolean isOver() {
        return System.nanoTime() - nanoTime >= 0;
    }

    SendingLimit orEarlier(SendingLimit other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }
}
