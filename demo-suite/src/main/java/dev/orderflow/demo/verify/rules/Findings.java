package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.InFlight;
import dev.orderflow.demo.verify.evidence.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a rule finds. Of each kind, and each service that is waited for, only the first ten thousand are kept and
 * the others counted: millions of events that wait for a stopped service are no millions of sentences.
 */
final class Findings {

    private static final int MOST = 10_000;

    private final InFlight inFlight;
    private final List<Finding> found = new ArrayList<>();
    private final Map<Sort, Integer> kept = new HashMap<>();
    private long moreBroken;
    private long moreOpen;

    private record Sort(Finding.Kind kind, @Nullable Service waitsFor) {}

    Findings(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** For rules that ask for no excuse. */
    Findings() {
        this(InFlight.nothing(Set.of()));
    }

    void add(Finding finding) {
        if (kept.merge(new Sort(finding.kind(), finding.waitsFor()), 1, Integer::sum) <= MOST) {
            found.add(finding);
        } else {
            more(finding.kind(), 1);
        }
    }

    /** Counts what was found and is not worth a sentence any more. */
    void more(Finding.Kind kind, long count) {
        if (kind == Finding.Kind.BROKEN) {
            moreBroken += count;
        } else {
            moreOpen += count;
        }
    }

    /** Wrong, whatever comes. */
    void broken(Object subject, String message) {
        add(Finding.broken(subject, message));
    }

    /**
     * Wrong, unless an event of the order is still under way that may set it right, or is dead and reported as that. Of an
     * order that an operator has given up, nothing more is expected.
     */
    void unfinished(UUID order, String message) {
        var key = order.toString();
        var waitsFor = inFlight.waitsFor(key);
        if (waitsFor != null || inFlight.isDead(key)) {
            add(Finding.consequence(key, message, waitsFor));
        } else if (!inFlight.isGivenUp(key)) {
            add(Finding.broken(key, message));
        }
    }

    /** How many broken ones there are beyond {@link #all}. */
    long moreBroken() {
        return moreBroken;
    }

    /** How many others there are beyond {@link #all}. */
    long moreOpen() {
        return moreOpen;
    }

    List<Finding> all() {
        return found;
    }
}
