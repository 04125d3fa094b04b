package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultSwitchesTests {

    private static final ProviderCall CALL = new ProviderCall("4711", PaymentMethod.CARD, true);

    private final FaultSwitches switches = new FaultSwitches(Duration.ofMillis(200));

    @Test
    void aCallThatNoFaultHitsProceeds() {
        switches.add(fault(FaultAction.FAIL, 1, PaymentMethod.CARD_DECLINED, null));
        switches.add(fault(FaultAction.FAIL, 1, null, "4712"));

        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Proceed());
    }

    @Test
    void anExhaustedFaultIsGone() {
        switches.add(fault(FaultAction.FAIL, 2, null, null));

        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Fail());
        assertThat(switches.list()).singleElement().matches(fault -> fault.remaining() == 1);
        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Fail());
        assertThat(switches.list()).isEmpty();
        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Proceed());
    }

    @Test
    void aFaultForEverStaysUntilItIsCleared() {
        var fault = switches.add(fault(FaultAction.FAIL, null, null, null));

        IntStream.range(0, 100)
                .forEach(n -> assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Fail()));
        switches.clear(fault.id());
        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Proceed());
    }

    @Test
    void theOldestOfSeveralFaultsHitsFirst() {
        switches.add(fault(FaultAction.DECLINE, 1, null, null));
        switches.add(fault(FaultAction.FAIL, 1, PaymentMethod.CARD, "4711"));

        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Decline());
        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Fail());
    }

    @Test
    void onlyAChargeThatHasNoAnswerYetIsDeclined() {
        switches.add(fault(FaultAction.DECLINE, 1, null, null));

        assertThat(switches.verdictOn(ProviderCall.refund("4711"))).isEqualTo(new Verdict.Proceed());
        assertThat(switches.verdictOn(new ProviderCall("4711", PaymentMethod.CARD, false)))
                .isEqualTo(new Verdict.Proceed());
        assertThat(switches.verdictOn(CALL)).isEqualTo(new Verdict.Decline());
    }

    @Test
    void aRefundNamesNoCardAndIsHitByFaultsForAnyCard() {
        switches.add(fault(FaultAction.FAIL, null, PaymentMethod.CARD, null));
        assertThat(switches.verdictOn(ProviderCall.refund("4711"))).isEqualTo(new Verdict.Proceed());

        switches.add(fault(FaultAction.FAIL, null, null, null));
        assertThat(switches.verdictOn(ProviderCall.refund("4711"))).isEqualTo(new Verdict.Fail());
    }

    @Test
    void aHangEndsByItselfTogetherWithItsExhaustedFault() {
        switches.add(fault(FaultAction.HANG, 1, null, null));

        var hang = (Verdict.Hang) switches.verdictOn(CALL);

        assertThat(switches.list()).singleElement().satisfies(fault -> {
            assertThat(fault.remaining()).isZero();
            assertThat(fault.hanging()).isEqualTo(1);
        });
        await().until(hang.end()::isDone);
        await().untilAsserted(() -> assertThat(switches.list()).isEmpty());
    }

    @Test
    void clearingAllEndsEveryHang() {
        var patient = new FaultSwitches(Duration.ofHours(1));
        patient.add(fault(FaultAction.HANG, 1, null, null));
        patient.add(fault(FaultAction.HANG, null, null, null));
        var first = (Verdict.Hang) patient.verdictOn(CALL);
        var second = (Verdict.Hang) patient.verdictOn(CALL);

        patient.clearAll();

        assertThat(first.end()).isCompleted();
        assertThat(second.end()).isCompleted();
        assertThat(patient.list()).isEmpty();
    }

    @Test
    void concurrentCallsUseUpNoMoreThanThereIs() {
        switches.add(fault(FaultAction.FAIL, 100, null, null));

        var failed = IntStream.range(0, 1_000)
                .parallel()
                .filter(n -> switches.verdictOn(CALL) instanceof Verdict.Fail)
                .count();

        assertThat(failed).isEqualTo(100);
    }

    @Test
    void thereIsAnEndToTheFaults() {
        IntStream.range(0, FaultSwitches.MOST).forEach(n -> switches.add(fault(FaultAction.FAIL, 1, null, "x")));

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> switches.add(fault(FaultAction.FAIL, 1, null, "x")))
                .withMessageContaining("clear some first");
    }

    @Test
    void anUnknownFaultCannotBeCleared() {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> switches.clear(UUID.randomUUID()));
    }

    private static FaultRequest fault(
            FaultAction action, @Nullable Integer times, @Nullable PaymentMethod card, @Nullable String orderId) {
        return new FaultRequest(action, times, card, orderId);
    }
}
