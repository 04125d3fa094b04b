package dev.orderflow.eventing.outbox;

import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/**
 * A time after which nothing may be sent.
 *
 * @param missed makes the failure of what is not acknowledged by then
 */
record SendingLimit(long nanoTime, Supplier<KafkaException> missed) {

    boolean isOver() {
        return System.nanoTime() - nanoTime >= 0;
    }

    SendingLimit orEarlier(SendingLimit other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }
}
