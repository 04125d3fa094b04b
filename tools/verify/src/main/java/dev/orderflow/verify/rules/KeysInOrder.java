package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.StreamOrder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** Checks that the events of one order are in order: the first appearances of a key's events on its topic are 1, 2, 3… */
final class KeysInOrder implements Rule {

    private static final String REDELIVERED = "redelivered";

    @Override
    public String promise() {
        return "the events of a key are in order, without gap";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var events = evidence.events();
        var checked = 0L;
        for (var event = 0; event < events.size(); event++) {
            checked += events.isOnTopic(event) ? 1 : 0;
        }
        var order = evidence.order();
        order.breaks().stream()
                .map(gap -> Finding.broken(gap.key(), message(gap)))
                .forEach(found::add);
        found.moreBroken(order.broken() - order.breaks().size());
        return new Outcome(checked, Map.of(REDELIVERED, BigDecimal.valueOf(order.redeliveries())));
    }

    @Override
    public String note(Map<String, BigDecimal> totals) {
        var redelivered = totals.getOrDefault(REDELIVERED, BigDecimal.ZERO);
        return String.format(Locale.ROOT, "%,d redelivered", redelivered.longValue());
    }

    /** Describes a break. A failover that loses transactions makes their sequence numbers available again. */
    private static String message(StreamOrder.Break gap) {
        var message = "number " + (gap.expected() - 1) + " on " + gap.topic() + " is followed by " + gap.found();
        return gap.found() < gap.expected() ? message + ", which came late or was assigned twice" : message;
    }
}
