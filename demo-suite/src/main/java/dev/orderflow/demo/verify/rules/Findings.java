package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.InFlight;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Collects what a rule finds about orders. */
final class Findings {

    private final InFlight inFlight;
    private final List<Finding> found = new ArrayList<>();

    Findings(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** Wrong, whatever comes. */
    void broken(Object subject, String message) {
        found.add(new Finding(subject.toString(), message, null));
    }

    /** Wrong, unless an event of the order is still under way that may set it right. */
    void unfinished(UUID order, String message) {
        var key = order.toString();
        found.add(new Finding(key, message, inFlight.waitsFor(key)));
    }

    List<Finding> all() {
        return found;
    }
}
