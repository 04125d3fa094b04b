package dev.orderflow.verify;

import dev.orderflow.verify.evidence.InFlight;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.rules.Finding;
import dev.orderflow.verify.rules.FindingHistory;
import dev.orderflow.verify.rules.Findings;
import dev.orderflow.verify.rules.Found;
import dev.orderflow.verify.rules.Outcome;
import dev.orderflow.verify.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Separates violations from findings that are merely in progress.
 * <p>
 * The sources are read one after the other while the suite may be running. Each look therefore has findings, about
 * different orders each time. A violation stays: only findings that recur at every look for some seconds count. A
 * finding that waits for a service is excused only if progress could not be expected, because the service is not
 * running or there was no time. If memory is too small to decide whether a broken finding is new, it counts as old. Not
 * thread-safe.
 */
final class Judge {

    private final Instant begin;
    private final Duration timeout;
    private final Duration confirmation;
    private final FindingHistory broken;
    private final FindingHistory open;
    /** End of each look. */
    private final List<Instant> looks = new ArrayList<>();

    private @Nullable Long fingerprint;
    private Instant atRestSince;

    /**
     * Begins a verification.
     *
     * @param timeout when to judge in any case
     * @param confirmation longer than any service takes from one step of an order to the next while nothing is broken
     * @param mostFindings number of findings remembered from one look to the next, separately for broken ones and for
     * the others
     */
    Judge(Instant begin, Duration timeout, Duration confirmation, int mostFindings) {
        this.begin = begin;
        this.timeout = timeout;
        this.confirmation = timeout.compareTo(confirmation) < 0 ? timeout : confirmation;
        this.atRestSince = begin;
        this.broken = new FindingHistory(mostFindings);
        this.open = new FindingHistory(mostFindings);
    }

    /** Begins another look at the suite. */
    void beginLook() {
        broken.beginLook();
        open.beginLook();
    }

    /** Returns the collector for findings of {@code rule} at this look. */
    Findings collector(Rule rule) {
        return new Findings(rule, broken, open);
    }

    /** Records the findings of all rules at this look and returns whether they suffice to judge. */
    boolean isEnough(Collection<Findings> rules, InFlight inFlight, long newFingerprint, Instant now) {
        looks.add(now);
        if (fingerprint == null || fingerprint != newFingerprint) {
            fingerprint = newFingerprint;
            atRestSince = now;
        }
        var found = rules.stream().flatMap(findings -> findings.all().stream()).toList();
        return found.isEmpty()
                || (isPast(looks.getFirst(), now)
                        && (isTimeOut(now)
                                || (nothingStays(found, now) && rules.stream().noneMatch(Findings::hasUnknown))
                                || (isPast(atRestSince, now) && nobodyGoesOn(found, inFlight, now))));
    }

    /** Judges the findings of {@code rule} at the last look. */
    RuleResult judge(Rule rule, Outcome outcome, Findings findings, InFlight inFlight, Instant now) {
        var worstIsAssumed = findings.hasUnknown();
        var waiting = new ArrayList<Finding>();
        var violations = new ArrayList<Finding>();
        for (var found : findings.all()) {
            var finding = found.finding();
            var wrong = switch (finding.kind()) {
                case BROKEN -> worstIsAssumed || isPast(since(found.since()), now);
                case WAITING -> isStuck(finding.waitsFor(), since(found.since()), inFlight, now);
                case SCHEDULED, CONSEQUENCE -> false;
            };
            (wrong ? violations : waiting).add(finding);
        }
        var moreBroken = findings.moreBroken(since -> true);
        var moreWrong = worstIsAssumed ? moreBroken : findings.moreBroken(since -> isPast(since(since), now));
        return new RuleResult(
                rule.promise(),
                outcome.checked(),
                List.copyOf(waiting),
                List.copyOf(violations),
                new RuleResult.More(findings.moreOpen() + moreBroken - moreWrong, moreWrong),
                rule.note(outcome.totals()));
    }

    /** Returns whether the time-out has passed. A long first look does not excuse stuck events. */
    private boolean isTimeOut(Instant now) {
        return !now.isBefore(begin.plus(timeout)) && isHalfTimePast(looks.getFirst(), now);
    }

    private boolean isHalfTimePast(Instant since, Instant now) {
        return !since.plus(timeout.dividedBy(2)).isAfter(now);
    }

    /** Returns whether all earlier findings have resolved and the present ones are new: the suite is busy and healthy. */
    private boolean nothingStays(List<Found> found, Instant now) {
        return found.stream().noneMatch(one -> isPast(since(one.since()), now));
    }

    private boolean nobodyGoesOn(List<Found> found, InFlight inFlight, Instant now) {
        return found.stream().allMatch(one -> {
            var service = one.finding().waitsFor();
            var isOld = one.since() == FindingHistory.UNKNOWN || isPast(since(one.since()), now);
            return isOld && (service == null || !inFlight.isRunning(service));
        });
    }

    /** Returns whether a running service made no progress with an event for half of the available time. */
    private boolean isStuck(@Nullable Service service, Instant since, InFlight inFlight, Instant now) {
        return service != null
                && inFlight.isRunning(service)
                && timeout.compareTo(confirmation) > 0
                && isPast(since, now)
                && isHalfTimePast(since, now);
    }

    private Instant since(int look) {
        return looks.get(Math.min(look, looks.size()) - 1);
    }

    private boolean isPast(Instant first, Instant now) {
        return !first.plus(confirmation).isAfter(now);
    }
}
