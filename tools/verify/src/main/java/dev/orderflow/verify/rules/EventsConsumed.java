package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Service;

/**
 * Checks that every published event is consumed by each consumer. An event is lost if a group has committed an offset
 * beyond it without having it in its inbox; before that, it is in flight.
 */
final class EventsConsumed implements Rule {

    @Override
    public String promise() {
        return "every event is consumed by every group";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var events = evidence.events();
        var checked = 0L;
        for (var service : Service.values()) {
            for (var event = 0; event < events.size(); event++) {
                if (events.isOnTopic(event) && service.mustConsume(events.type(event))) {
                    checked++;
                    if (!events.isTakenIn(event, service)) {
                        found.add(
                                evidence.isPast(service, event)
                                        ? Finding.broken(
                                                events.key(event),
                                                events.name(event) + " is lost to " + service.group())
                                        : Finding.waiting(
                                                events.key(event),
                                                events.name(event) + " is not consumed by " + service.group(),
                                                service));
                    }
                }
            }
        }
        return new Outcome(checked);
    }
}
