package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.InFlight;
import dev.orderflow.verify.evidence.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a rule finds at one look. Of each kind, and each service that is waited for, only the ten thousand that were
 * found first are kept and the others counted: millions of events that wait for a stopped service are no millions of
 * sentences. Not thread-safe.
 */
public final class Findings {

    private static final int MOST = 10_000;

    private final Rule rule;
    private final FindingHistory broken;
    private final FindingHistory open;
    private final Map<Sort, OldestFindings> kept = new LinkedHashMap<>();
    private final TreeMap<Integer, Long> moreBroken = new TreeMap<>();
    private long moreOpen;
    private InFlight inFlight = InFlight.nothing(Set.of());

    private record Sort(Finding.Kind kind, @Nullable Service waitsFor) {}

    /**
     * @param broken of all rules' findings that are broken, which others, however many, must not crowd out
     * @param open   of all rules' other findings
     */
    public Findings(Rule rule, FindingHistory broken, FindingHistory open) {
        this.rule = rule;
        this.broken = broken;
        this.open = open;
    }

    /** From now on, what is in flight is this. */
    public void excusedBy(InFlight newInFlight) {
        inFlight = newInFlight;
    }

    public void add(Finding finding) {
        var isBroken = finding.kind() == Finding.Kind.BROKEN;
        var since = (isBroken ? broken : open).since(finding.identity(rule));
        var counted = kept.computeIfAbsent(
                        new Sort(finding.kind(), finding.waitsFor()), first -> new OldestFindings(MOST))
                .add(finding, since);
        if (counted != null && isBroken) {
            moreBroken.merge(counted, 1L, Long::sum);
        } else if (counted != null) {
            moreOpen++;
        }
    }

    /** Counts what is broken and not worth a sentence any more. */
    void moreBroken(long count) {
        if (count > 0) {
            moreBroken.merge(FindingHistory.UNKNOWN, count, Long::sum);
        }
    }

    /** Wrong, whatever comes. */
    void broken(Object subject, String message) {
        add(Finding.broken(subject, message));
    }

    /** The same with a message that need not be the same at the next look. */
    void broken(Object subject, String fault, String message) {
        add(Finding.broken(subject, fault, message));
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

    /** Those that are kept. */
    public List<Found> all() {
        return kept.values().stream().flatMap(OldestFindings::stream).toList();
    }

    /** How many broken ones there are beyond {@link #all} that are there since such looks. */
    public long moreBroken(IntPredicate since) {
        return moreBroken.entrySet().stream()
                .filter(more -> since.test(more.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether there are broken ones, kept or not, that may have been there all the time or only now. */
    public boolean hasUnknown() {
        return moreBroken.containsKey(FindingHistory.UNKNOWN)
                || all().stream()
                        .anyMatch(found -> found.since() == FindingHistory.UNKNOWN
                                && found.finding().kind() == Finding.Kind.BROKEN);
    }

    /** How many others there are beyond {@link #all}. */
    public long moreOpen() {
        return moreOpen;
    }
}
