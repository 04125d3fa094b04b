package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.Evidence;
import dev.orderflow.demo.verify.evidence.StreamOrder;
import java.util.Locale;

/** The events of one order come in order: on its topic, the first appearances of a key's events are 1, 2, 3… */
final class KeysInOrder implements Rule {

    @Override
    public String promise() {
        return "the events of a key are in order, without gap";
    }

    @Override
    public Outcome check(Evidence evidence) {
        var events = evidence.events();
        var checked = 0L;
        for (var event = 0; event < events.size(); event++) {
            checked += events.isOnTopic(event) ? 1 : 0;
        }
        var found = evidence.order().breaks().stream()
                .map(gap -> Finding.broken(gap.key(), message(gap)))
                .toList();
        return new Outcome(
                checked,
                found,
                String.format(Locale.ROOT, "%,d redelivered", evidence.order().redeliveries()));
    }

    /** A failover that loses transactions makes their numbers free again. */
    private static String message(StreamOrder.Break gap) {
        var message = String.format(
                Locale.ROOT, "number %d on %s is followed by %d", gap.expected() - 1, gap.topic(), gap.found());
        return gap.found() < gap.expected() ? message + ", which came late or was given out twice" : message;
    }
}
