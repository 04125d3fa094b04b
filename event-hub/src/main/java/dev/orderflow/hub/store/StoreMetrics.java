package dev.orderflow.hub.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts records, and what became of them. */
@Component
class StoreMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);
    private static final String SKIPPED = "hub.records.skipped";

    private final MeterRegistry meters;
    private final Counter records;
    private final Counter events;
    private final Counter restarts;

    StoreMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.records = meters.counter("hub.records.consumed");
        this.events = meters.counter("hub.events.stored");
        this.restarts = meters.counter("hub.store.restarts");
    }

    void stored(int consumed, EventStore.Stored stored) {
        records.increment(consumed);
        events.increment(stored.stored());
        if (stored.unstored() > 0) {
            meters.counter(SKIPPED, "reason", "unstorable").increment(stored.unstored());
        }
    }

    void skipped(String reason, ConsumerRecord<?, ?> message) {
        meters.counter(SKIPPED, "reason", reason).increment();
        LOG.debug(
                "record=skipped reason={} topic={} partition={} offset={}",
                reason,
                message.topic(),
                message.partition(),
                message.offset());
    }

    void restarted() {
        restarts.increment();
    }
}
