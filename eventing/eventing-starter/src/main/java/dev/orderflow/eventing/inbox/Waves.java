package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.Delivery.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Divides a batch so that an event calls out only when all earlier events of its key have been committed: a refund must see
 * the payment that stands three places before it. An event that calls out is therefore the first of its key in its wave; all
 * call-outs of a wave are independent of each other. Without such events there is one wave.
 */
final class Waves {

    private Waves() {}

    /** Every delivery once, in the given order within each wave and, per key, across waves. */
    static List<List<Delivery>> of(List<Delivery> batch) {
        var waves = new ArrayList<List<Delivery>>();
        var waveOf = new HashMap<Stream, Integer>();
        for (var delivery : batch) {
            var wave = waveOf.merge(
                    delivery.stream(), 0, (current, first) -> delivery.handler().callsOut() ? current + 1 : current);
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(delivery);
        }
        return waves;
    }
}
