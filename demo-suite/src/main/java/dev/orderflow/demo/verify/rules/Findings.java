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
        found.add(Finding.broken(subject, message));
    }

    /**
     * Wrong, unless an event of the order is still under way that may set it right, or is dead and reported as that. Of an
     * order that an operator has given up, nothing more is expected.
     */
    void unfinished(UUID order, String message) {
        var key = order.toString();
        var waitsFor = inFlight.waitsFor(key);
        if (waitsFor != null || inFlight.isDead(key)) {
            found.add(Finding.consequence(key, message, waitsFor));
        } else if (!inFlight.isGivenUp(key)) {
            found.add(Finding.broken(key, message));
        }
    }

    List<Finding> all() {
        return found;
    }
}
