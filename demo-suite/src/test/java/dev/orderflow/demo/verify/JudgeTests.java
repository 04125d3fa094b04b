package dev.orderflow.demo.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.verify.evidence.InFlight;
import dev.orderflow.demo.verify.evidence.Service;
import dev.orderflow.demo.verify.rules.Finding;
import dev.orderflow.demo.verify.rules.Outcome;
import dev.orderflow.demo.verify.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTests {

    private static final Rule RULE = Rule.ALL.getFirst();
    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Finding BROKEN = new Finding("order 1", "is broken", Finding.Kind.BROKEN, null);
    private static final Finding WAITING = new Finding("order 2", "is not sent", Finding.Kind.WAITING, Service.PAYMENT);
    private static final Finding CONSEQUENCE =
            new Finding("order 2", "is PLACED", Finding.Kind.CONSEQUENCE, Service.PAYMENT);

    private final Judge judge = new Judge(BEGIN, Duration.ofSeconds(60), Duration.ofSeconds(3));
    private final InFlight stopped = InFlight.nothing(Set.of());
    private final InFlight running = InFlight.nothing(Set.of(Service.PAYMENT));

    @Test
    void whatIsInOrderIsJudgedAtOnce() {
        assertThat(look(0, 1, running)).isTrue();
        assertThat(verdict(0, running)).isEqualTo(Verdict.OK);
    }

    @Test
    void whatIsWrongMustBeFoundAgain() {
        assertThat(look(0, 1, running, BROKEN)).isFalse();
        assertThat(look(1, 1, running, BROKEN)).isFalse();
        assertThat(look(3, 1, running, BROKEN)).isTrue();
        assertThat(verdict(3, running, BROKEN)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatComesRightByItselfWasNeverWrong() {
        look(0, 1, running, BROKEN);

        assertThat(look(1, 2, running)).isTrue();
        assertThat(verdict(1, running)).isEqualTo(Verdict.OK);
    }

    @Test
    void aBusySuiteIsJudgedByWhatStays() {
        assertThat(look(0, 1, running, order(1))).isFalse();
        assertThat(look(2, 2, running, order(2))).isFalse();
        assertThat(look(3, 3, running, order(2), order(3))).isTrue();
        assertThat(verdict(3, running, order(2), order(3))).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void whatWaitsForAServiceThatIsNotRunningIsExcusedSoon() {
        look(0, 1, stopped, WAITING, CONSEQUENCE);

        assertThat(look(3, 1, stopped, WAITING, CONSEQUENCE)).isTrue();
        assertThat(verdict(3, stopped, WAITING, CONSEQUENCE)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void whatWaitsForARunningServiceIsGivenTheWholeTime() {
        look(0, 1, running, WAITING);

        assertThat(look(59, 1, running, WAITING)).isFalse();
        assertThat(look(60, 1, running, WAITING)).isTrue();
        assertThat(verdict(60, running, WAITING)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatBeganToWaitOnlyLatelyIsExcused() {
        look(0, 1, running, order(1));
        look(40, 2, running, WAITING);
        look(60, 3, running, WAITING);

        assertThat(verdict(60, running, WAITING)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void whatFollowsFromAnEventThatWaitsIsNoViolationOfItsOwn() {
        look(0, 1, running, CONSEQUENCE);
        look(60, 1, running, CONSEQUENCE);

        assertThat(verdict(60, running, CONSEQUENCE)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void aRetryOfARunningServiceIsWaitedForAndNeverWrongInItself() {
        var retry = new Finding("order 2", "is RETRYING", Finding.Kind.SCHEDULED, Service.PAYMENT);
        look(0, 1, running, retry);

        assertThat(look(59, 1, running, retry)).isFalse();
        assertThat(look(60, 1, running, retry)).isTrue();
        assertThat(verdict(60, running, retry)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void nobodyIsWaitedForWhenAnEventIsDead() {
        var explained = new Finding("order 1", "is PLACED", Finding.Kind.CONSEQUENCE, null);
        look(0, 1, running, BROKEN, explained);

        assertThat(look(3, 1, running, BROKEN, explained)).isTrue();
        assertThat(verdict(3, running, BROKEN)).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(3, running, explained)).isEqualTo(Verdict.IN_FLIGHT);
    }

    private boolean look(int second, long fingerprint, InFlight inFlight, Finding... findings) {
        return judge.isEnough(Map.of(RULE, outcome(findings)), inFlight, fingerprint, BEGIN.plusSeconds(second));
    }

    private Verdict verdict(int second, InFlight inFlight, Finding... findings) {
        return judge.judge(RULE, outcome(findings), inFlight, BEGIN.plusSeconds(second))
                .verdict();
    }

    private static Outcome outcome(Finding... findings) {
        return new Outcome(findings.length, List.of(findings), 0, 0, Map.of());
    }

    private static Finding order(int number) {
        return new Finding("order " + number, "is PLACED", Finding.Kind.BROKEN, null);
    }
}
