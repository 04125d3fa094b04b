package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Diversions;
import dev.orderflow.verify.evidence.EventLedger;
import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Hold;
import dev.orderflow.verify.evidence.Letter;
import dev.orderflow.verify.evidence.Service;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that each consumed event has taken effect, will be retried, or was discarded by an operator. A dead letter is
 * listed before the events that wait behind it, since an operator must act on it.
 */
final class EventsEffective implements Rule {

    private static final String DISCARDED = "discarded";

    @Override
    public String promise() {
        return "every consumed event has taken effect";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var diversions = evidence.diversions();
        diversions.letters().forEach(letter -> check(letter, found));
        diversions.holds().forEach(hold -> check(hold, diversions, found));
        var discarded = diversions.letters().stream()
                .filter(letter -> letter.state() == Letter.State.DISCARDED)
                .count();
        return new Outcome(takenIn(evidence.events()), Map.of(DISCARDED, BigDecimal.valueOf(discarded)));
    }

    @Override
    public String note(Map<String, BigDecimal> totals) {
        var discarded = totals.getOrDefault(DISCARDED, BigDecimal.ZERO);
        return discarded.signum() == 0 ? "" : String.format(Locale.ROOT, "%,d discarded", discarded.longValue());
    }

    private static long takenIn(EventLedger events) {
        var count = 0L;
        for (var service : Service.values()) {
            for (var event = 0; event < events.size(); event++) {
                count += events.isTakenIn(event, service) ? 1 : 0;
            }
        }
        return count;
    }

    private static void check(Letter letter, Findings found) {
        var group = letter.service().group();
        switch (letter.state()) {
            case DEAD -> {
                var message = letter.name() + " is a dead letter of " + group;
                found.broken(letter.subject(), message, message + ": " + explain(letter));
            }
            case QUEUED, REPLAYING ->
                found.add(Finding.scheduled(
                        letter.subject(), letter.name() + " is replayed in " + group, letter.service()));
            case REPLAYED, DISCARDED -> {}
        }
    }

    private static void check(Hold hold, Diversions diversions, Findings found) {
        var group = hold.service().group();
        switch (hold.state()) {
            case RETRYING, HELD -> {
                var message = String.format(Locale.ROOT, "%s is %s in %s", hold.name(), hold.state(), group);
                found.add(
                        hold.overdue()
                                ? Finding.waiting(hold.key(), message + ", and overdue", hold.service())
                                : Finding.scheduled(hold.key(), message, hold.service()));
            }
            case PARKED ->
                diversions
                        .letterBefore(hold)
                        .ifPresentOrElse(
                                letter -> found.add(waiting(hold, letter)),
                                () -> found.add(Finding.broken(
                                        hold.key(), hold.name() + " waits in " + group + ", behind nothing")));
            case DEAD -> {
                if (diversions.letterOf(hold).isEmpty()) {
                    found.add(Finding.broken(
                            hold.key(), hold.name() + " is dead in " + group + ", but has no dead letter"));
                }
            }
        }
    }

    private static Finding waiting(Hold hold, Letter before) {
        var message = hold.name() + " waits in " + hold.service().group() + " behind a dead letter";
        return before.isAnswered()
                ? Finding.scheduled(hold.key(), message, hold.service())
                : Finding.broken(hold.key(), message, message + ": " + explain(before));
    }

    private static String explain(Letter letter) {
        return letter.cause() + "; ./demo dead-letters show " + letter.id();
    }
}
