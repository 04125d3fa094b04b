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
 * Collects a rule's findings of one look. Per kind and awaited service, it keeps only the ten thousand that were found
 * first and counts the others: millions of events that wait for a stopped service must not become millions of
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
     * Creates a collector.
     *
     * @param broken history of all rules' broken findings, which the others, however many, must not displace
     * @param open history of all rules' other findings
     */
    public Findings(Rule rule, FindingHistory broken, FindingHistory open) {
        this.rule = rule;
        this.broken = broken;
        this.open = open;
    }

    /** Sets the events in flight that excuse the following findings. */
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

    /** Counts broken findings without keeping their messages. */
    void moreBroken(long count) {
        if (count > 0) {
            moreBroken.merge(FindingHistory.UNKNOWN, count, Long::sum);
        }
    }

    /** Adds a finding that is a violation in any case. */
    void broken(Object subject, String message) {
        add(Finding.broken(subject, message));
    }

    /** Adds a finding that is a violation in any case, with a message that may differ at the next look. */
    void broken(Object subject, String fault, String message) {
        add(Finding.broken(subject, fault, message));
    }

    /**
     * Adds a finding that is a violation unless an event of the order is in flight that may correct it, or is dead and
     * reported as such. An order with a discarded event is not expected to end.
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

    /** {@return the findings that are kept} */
    public List<Found> all() {
        return kept.values().stream().flatMap(OldestFindings::stream).toList();
    }

    /** Returns the number of broken findings beyond {@link #all} whose first look satisfies {@code since}. */
    public long moreBroken(IntPredicate since) {
        return moreBroken.entrySet().stream()
                .filter(more -> since.test(more.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns whether there are broken findings, kept or not, whose first look is unknown. */
    public boolean hasUnknown() {
        return moreBroken.containsKey(FindingHistory.UNKNOWN)
                || all().stream()
                        .anyMatch(found -> found.since() == FindingHistory.UNKNOWN
                                && found.finding().kind() == Finding.Kind.BROKEN);
    }

    /** {@return the number of other findings beyond {@link #all}} */
    public long moreOpen() {
        return moreOpen;
    }
}
