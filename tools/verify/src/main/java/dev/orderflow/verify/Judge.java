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
 * Tells what is wrong from what is merely under way.
 * <p>
 * The sources are read one after the other while the suite may be running, so a single look always finds something that isn't
 * as it should be, each time with other orders. What is wrong stays: only what was found again and again for some
 * seconds counts. And what waits for a service is excused only as long as nobody could be expected to have gone
 * on with it: because that service isn't running, or because there was no time. Of what is broken and may have been found
 * before or not, because it was too much to remember, the worse is assumed. Not thread-safe.
 */
final class Judge {

    private final Instant begin;
    private final Duration timeout;
    private final Duration confirmation;
    private final FindingHistory broken;
    private final FindingHistory open;
    /** When each look was over. */
    private final List<Instant> looks = new ArrayList<>();

    private @Nullable Long fingerprint;
    private Instant atRestSince;

    /**
     * @param timeout      when to judge in any case
     * @param confirmation longer than any service takes from one step of an order to the next while nothing is broken
     * @param mostFindings how many findings are remembered from one look to the next, of those that are broken and again of
     *     the others
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

    /** Collects what {@code rule} finds at this look. */
    Findings collector(Rule rule) {
        return new Findings(rule, broken, open);
    }

    /** Takes note of what all rules found at this look, and returns whether it is enough to judge. */
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

    /** Judges what {@code rule} found at the last look. */
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

    /** A first look that takes long is no excuse for what is stuck. */
    private boolean isTimeOut(Instant now) {
        return !now.isBefore(begin.plus(timeout)) && isHalfTimePast(looks.getFirst(), now);
    }

    private boolean isHalfTimePast(Instant since, Instant now) {
        return !since.plus(timeout.dividedBy(2)).isAfter(now);
    }

    /** All that was found at first has come right; what is there now is new: the suite is busy and well. */
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

    /** A service that runs has no excuse for not having gone on with an event in half of the time that there was. */
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
