package dev.orderflow.eventing.signatures;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counters of what verification decided, each time a record is read. Thread-safe. */
class SignatureMetrics {

    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final Counter unsigned;

    SignatureMetrics(MeterRegistry meters) {
        for (var reason : Reason.values()) {
            refused.put(reason, meters.counter("eventing.signatures.refused", "reason", reason.label()));
        }
        unsigned = meters.counter("eventing.signatures.unsigned");
    }

    void refused(Reason reason) {
        refused.get(reason).increment();
    }

    /** Counts an event that was accepted without verification. */
    void unsigned() {
        unsigned.increment();
    }
}
