package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Divides a batch so that an event calls out only when all earlier events of its key have been committed. For example, a refund
 * must see the payment three positions before it. An event that calls out is therefore the first of its key in its wave, and all
 * calls of a wave are independent of each other. A batch without such events is one wave.
 */
final class Waves {

    private Waves() {}

    /** Returns every record once, in the given order within each wave and, per key, across waves. */
    static List<List<DecodedRecord>> of(List<DecodedRecord> batch) {
        if (batch.stream().noneMatch(Waves::callsOut)) {
            return List.of(batch);
        }
        var waves = new ArrayList<List<DecodedRecord>>();
        var waveOf = new HashMap<EventStream, Integer>();
        for (var received : batch) {
            var wave =
                    waveOf.merge(received.stream(), 0, (current, first) -> callsOut(received) ? current + 1 : current);
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(received);
        }
        return waves;
    }

    private static boolean callsOut(DecodedRecord received) {
        return received instanceof Delivery delivery && delivery.handler().callsOut();
    }
}
