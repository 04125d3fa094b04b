package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.verify.evidence.InFlight;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.rules.Finding;
import dev.orderflow.verify.rules.Findings;
import dev.orderflow.verify.rules.Outcome;
import dev.orderflow.verify.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTests {

    private static final Rule RULE = Rule.ALL.getFirst();
    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Finding BROKEN = new Finding("order 1", "is broken", Finding.Kind.BROKEN, null);
    private static final Finding WAITING = new Finding("order 2", "is not sent", Finding.Kind.WAITING, Service.PAYMENT);
    private static final Finding CONSEQUENCE =
            new Finding("order 2", "is PLACED", Finding.Kind.CONSEQUENCE, Service.PAYMENT);

    private final Judge judge = new Judge(BEGIN, Duration.ofSeconds(60), Duration.ofSeconds(3), 100_000);
    private final InFlight stopped = InFlight.nothing(Set.of());
    private final InFlight running = InFlight.nothing(Set.of(Service.PAYMENT));

    @Test
    void aFaultlessSuiteIsJudgedAtOnce() {
        assertThat(look(0, 1, running)).isTrue();
        assertThat(verdict(0, running)).isEqualTo(Verdict.OK);
    }

    @Test
    void aFaultMustBeFoundAgain() {
        assertThat(look(0, 1, running, BROKEN)).isFalse();
        assertThat(look(1, 1, running, BROKEN)).isFalse();
        assertThat(look(3, 1, running, BROKEN)).isTrue();
        assertThat(verdict(3, running, BROKEN)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFindingThatResolvesIsNoViolation() {
        look(0, 1, running, BROKEN);

        assertThat(look(1, 2, running)).isTrue();
        assertThat(verdict(1, running)).isEqualTo(Verdict.OK);
    }

    @Test
    void aBusySuiteIsJudgedByPersistentFindings() {
        assertThat(look(0, 1, running, order(1))).isFalse();
        assertThat(look(2, 2, running, order(2))).isFalse();
        assertThat(look(3, 3, running, order(2), order(3))).isTrue();
        assertThat(verdict(3, running, order(2), order(3))).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void aFindingThatWaitsForAStoppedServiceIsExcusedSoon() {
        look(0, 1, stopped, WAITING, CONSEQUENCE);

        assertThat(look(3, 1, stopped, WAITING, CONSEQUENCE)).isTrue();
        assertThat(verdict(3, stopped, WAITING, CONSEQUENCE)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void aFindingThatWaitsForARunningServiceGetsTheWholeTime() {
        look(0, 1, running, WAITING);

        assertThat(look(59, 1, running, WAITING)).isFalse();
        assertThat(look(60, 1, running, WAITING)).isTrue();
        assertThat(verdict(60, running, WAITING)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFirstLookThatTakesLongExcusesNothing() {
        look(50, 1, running, WAITING);

        assertThat(look(60, 1, running, WAITING)).isFalse();
        assertThat(look(80, 1, running, WAITING)).isTrue();
        assertThat(verdict(80, running, WAITING)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFindingThatBeganToWaitRecentlyIsExcused() {
        look(0, 1, running, order(1));
        look(40, 2, running, WAITING);
        look(60, 3, running, WAITING);

        assertThat(verdict(60, running, WAITING)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void aConsequenceOfAWaitingEventIsNoViolation() {
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
    void aDeadEventIsJudgedWithoutWaiting() {
        var explained = new Finding("order 1", "is PLACED", Finding.Kind.CONSEQUENCE, null);
        look(0, 1, running, BROKEN, explained);

        assertThat(look(3, 1, running, BROKEN, explained)).isTrue();
        assertThat(verdict(3, running, BROKEN)).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(3, running, explained)).isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void aFaultWhoseNumbersChangeIsTheSameFault() {
        assertThat(look(0, 1, running, shortage(98, 1))).isFalse();
        assertThat(look(3, 2, running, shortage(97, 2))).isFalse();
        assertThat(look(60, 3, running, shortage(96, 3))).isTrue();
        assertThat(verdict(60, running, shortage(96, 3))).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aPersistentFindingIsFoundBehindTenThousandsThatPass() {
        assertThat(look(0, 1, running, orders(0, 12_000, BROKEN))).isFalse();

        assertThat(look(60, 2, running, orders(12_000, 24_000, BROKEN))).isTrue();
        var result = result(60, running, orders(12_000, 24_000, BROKEN));
        assertThat(result.violations()).containsExactly(BROKEN);
        assertThat(result.violationCount()).isEqualTo(1);
        assertThat(result.inFlightCount()).isEqualTo(12_000);
    }

    @Test
    void anEventThatIsStuckIsFoundBehindTenThousandsThatPass() {
        look(0, 1, running, waiting(0, 12_000, WAITING));
        look(60, 2, running, waiting(12_000, 24_000, WAITING));

        assertThat(result(60, running, waiting(12_000, 24_000, WAITING)).violations())
                .containsExactly(WAITING);
    }

    @Test
    void unlistedFindingsAreCountedByTheirAge() {
        look(0, 1, running, orders(0, 15_000, BROKEN));
        look(3, 2, running, orders(1_000, 16_000, BROKEN));

        var result = result(3, running, orders(1_000, 16_000, BROKEN));
        assertThat(result.violationCount()).isEqualTo(14_001);
        assertThat(result.inFlightCount()).isEqualTo(1_000);
    }

    @Test
    void findingsBeyondTheHistorysCapacityAreNotTakenForPassing() {
        var forgetful = new Judge(BEGIN, Duration.ofSeconds(60), Duration.ofSeconds(3), 100);
        look(forgetful, 0, 1, running, orders(0, 150, BROKEN));

        assertThat(look(forgetful, 30, 2, running, orders(150, 200, BROKEN))).isFalse();
        assertThat(look(forgetful, 60, 3, running, orders(200, 250, BROKEN))).isTrue();
        assertThat(result(forgetful, 60, running, orders(200, 250, BROKEN)).violations())
                .contains(BROKEN);
    }

    @Test
    void otherFindingsDoNotDisplaceBrokenOnes() {
        var forgetful = new Judge(BEGIN, Duration.ofSeconds(60), Duration.ofSeconds(3), 100);
        look(forgetful, 0, 1, running, waiting(0, 150, order(1)));

        assertThat(look(forgetful, 3, 2, running, order(2))).isTrue();
        assertThat(result(forgetful, 3, running, order(2)).verdict()).isEqualTo(Verdict.IN_FLIGHT);
    }

    private boolean look(int second, long fingerprint, InFlight inFlight, Finding... findings) {
        return look(judge, second, fingerprint, inFlight, findings);
    }

    private static boolean look(Judge by, int second, long fingerprint, InFlight inFlight, Finding... findings) {
        by.beginLook();
        return by.isEnough(List.of(found(by, findings)), inFlight, fingerprint, BEGIN.plusSeconds(second));
    }

    private Verdict verdict(int second, InFlight inFlight, Finding... findings) {
        return result(second, inFlight, findings).verdict();
    }

    private RuleResult result(int second, InFlight inFlight, Finding... findings) {
        return result(judge, second, inFlight, findings);
    }

    /** Returns the result at the last look. */
    private static RuleResult result(Judge by, int second, InFlight inFlight, Finding... findings) {
        var outcome = new Outcome(findings.length, Map.of());
        return by.judge(RULE, outcome, found(by, findings), inFlight, BEGIN.plusSeconds(second));
    }

    private static Findings found(Judge by, Finding... findings) {
        var found = by.collector(RULE);
        Stream.of(findings).forEach(found::add);
        return found;
    }

    private static Finding order(int number) {
        return new Finding("order " + number, "is PLACED", Finding.Kind.BROKEN, null);
    }

    /** Returns passing orders, followed by the last one. */
    private static Finding[] orders(int from, int to, Finding last) {
        return Stream.concat(IntStream.range(from, to).mapToObj(JudgeTests::order), Stream.of(last))
                .toArray(Finding[]::new);
    }

    private static Finding[] waiting(int from, int to, Finding last) {
        var passing = IntStream.range(from, to)
                .mapToObj(number ->
                        new Finding("passing " + number, "is not sent", Finding.Kind.WAITING, Service.PAYMENT));
        return Stream.concat(passing, Stream.of(last)).toArray(Finding[]::new);
    }

    private static Finding shortage(int available, int sold) {
        var message = "100 put in, but " + available + " available + 0 reserved + " + sold + " sold";
        return new Finding("sku TEAPOT", "not conserved", message, Finding.Kind.BROKEN, null);
    }
}
