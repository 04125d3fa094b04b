package dev.orderflow.demo.verify;

import dev.orderflow.demo.verify.evidence.InFlight;
import dev.orderflow.demo.verify.evidence.Service;
import dev.orderflow.demo.verify.rules.Finding;
import dev.orderflow.demo.verify.rules.Outcome;
import dev.orderflow.demo.verify.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is wrong from what is merely under way.
 * <p>
 * The sources are read one after the other while the suite may be running, so a single look always finds something that isn't
 * as it should be, each time with other orders. What is wrong stays: only what was found again and again for some
 * seconds counts. And what waits for a service is excused only as long as nobody could be expected to have gone
 * on with it: because that service isn't running, or because there was no time. Not thread-safe.
 */
final class Judge {

    private final Instant begin;
    private final Duration timeout;
    private final Duration confirmation;
    private Map<Key, Instant> firstFound = new HashMap<>();
    private @Nullable Long fingerprint;
    private @Nullable Instant firstLook;
    private Instant atRestSince;

    private record Key(Rule rule, Finding finding) {}

    /**
     * @param timeout      when to judge in any case
     * @param confirmation longer than any service takes from one step of an order to the next while nothing is broken
     */
    Judge(Instant begin, Duration timeout, Duration confirmation) {
        this.begin = begin;
        this.timeout = timeout;
        this.confirmation = timeout.compareTo(confirmation) < 0 ? timeout : confirmation;
        this.atRestSince = begin;
    }

    /** Takes note of one look at the suite, and returns whether it is enough to judge. */
    boolean isEnough(Map<Rule, Outcome> outcomes, InFlight inFlight, long newFingerprint, Instant now) {
        firstLook = firstLook == null ? now : firstLook;
        var found = new HashMap<Key, Instant>();
        outcomes.forEach((rule, outcome) -> outcome.findings().forEach(finding -> {
            var key = new Key(rule, finding);
            found.put(key, firstFound.getOrDefault(key, now));
        }));
        firstFound = found;
        if (fingerprint == null || fingerprint != newFingerprint) {
            fingerprint = newFingerprint;
            atRestSince = now;
        }
        return found.isEmpty()
                || (isPast(firstLook, now)
                        && (!now.isBefore(begin.plus(timeout))
                                || nothingStays(now)
                                || (isPast(atRestSince, now) && nobodyGoesOn(inFlight, now))));
    }

    RuleResult judge(Rule rule, Outcome outcome, InFlight inFlight, Instant now) {
        var waiting = new ArrayList<Finding>();
        var violations = new ArrayList<Finding>();
        for (var finding : outcome.findings()) {
            var since = firstFound.getOrDefault(new Key(rule, finding), now);
            var wrong = switch (finding.kind()) {
                case BROKEN -> isPast(since, now);
                case WAITING -> isStuck(finding.waitsFor(), since, inFlight, now);
                case SCHEDULED, CONSEQUENCE -> false;
            };
            (wrong ? violations : waiting).add(finding);
        }
        return new RuleResult(
                rule.promise(),
                outcome.checked(),
                List.copyOf(waiting),
                List.copyOf(violations),
                more(outcome, violations),
                rule.note(outcome.totals()));
    }

    /** Those that were only counted are as wrong as those that were looked at. */
    private static RuleResult.More more(Outcome outcome, List<Finding> violations) {
        var broken = violations.stream().anyMatch(finding -> finding.kind() == Finding.Kind.BROKEN);
        return broken
                ? new RuleResult.More(outcome.moreOpen(), outcome.moreBroken())
                : new RuleResult.More(outcome.moreOpen() + outcome.moreBroken(), 0);
    }

    /** All that was found at first has come right; what is there now is new: the suite is busy and well. */
    private boolean nothingStays(Instant now) {
        return firstFound.values().stream().noneMatch(first -> isPast(first, now));
    }

    private boolean nobodyGoesOn(InFlight inFlight, Instant now) {
        return firstFound.entrySet().stream().allMatch(found -> {
            var service = found.getKey().finding().waitsFor();
            return isPast(found.getValue(), now) && (service == null || !inFlight.isRunning(service));
        });
    }

    /** A service that runs has no excuse for not having gone on with an event in half of the time that there was. */
    private boolean isStuck(@Nullable Service service, Instant since, InFlight inFlight, Instant now) {
        return service != null
                && inFlight.isRunning(service)
                && timeout.compareTo(confirmation) > 0
                && isPast(since, now)
                && !since.plus(timeout.dividedBy(2)).isAfter(now);
    }

    private boolean isPast(Instant first, Instant now) {
        return !first.plus(confirmation).isAfter(now);
    }
}
