package dev.orderflow.order.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.admission.OrdersInFlight.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionLimitTests {

    private static final Duration TARGET = Duration.ofSeconds(2);
    private static final double LOOK_SECONDS = 0.5;
    private static final int LEAST = 50;
    private static final int NORMAL = 1_000;
    private static final int MOST = 5_000;

    private final AdmissionLimit limit = new AdmissionLimit(LEAST, NORMAL, MOST, TARGET);

    private double seconds;

    @Test
    void itBeginsAtTheLeastAndReturnsToNormalWhileOrdersAreInTime() {
        assertThat(limit.orders()).isEqualTo(LEAST);

        reachNormal();
        look(1, 0, false);

        assertThat(limit.orders()).isEqualTo(NORMAL);
    }

    @Test
    void anInstanceThatJoinsAWorkingFlowBeginsAboveItsLoad() {
        look(300, 0, true);

        assertThat(limit.orders()).isEqualTo(600);
    }

    @Test
    void anInstanceThatJoinsASlowFlowBeginsAtTheLeast() {
        look(300, 100, true);

        assertThat(limit.orders()).isEqualTo(LEAST);
    }

    @Test
    void itDoesNotReturnToNormalWhileAStepStandsStill() {
        look(1, 0, false);
        for (var i = 0; i < 20; i++) {
            limit.observe(new Step(5, 0, Map.of()), false, true, i);
        }

        assertThat(limit.orders()).isEqualTo(LEAST);
    }

    @Test
    void itStaysAtTheLeastWhileNothingShowsHowFastTheFlowIs() {
        for (var i = 0; i < 50; i++) {
            look(0, 0, false);
        }

        assertThat(limit.orders()).isEqualTo(LEAST);
    }

    @Test
    void fewLateOrdersKeepItFromReturningToNormal() {
        look(10, 1, false);

        assertThat(limit.orders()).isEqualTo(LEAST);
    }

    @Test
    void itGrowsWhileItRefusesOrdersAndNoneIsLate() {
        reachNormal();
        look(NORMAL, 0, true);

        assertThat(limit.orders()).isEqualTo(1_050);
    }

    @Test
    void itStaysWhileSomeAreLate() {
        reachNormal();
        look(NORMAL, 100, true);

        assertThat(limit.orders()).isEqualTo(NORMAL);
    }

    @Test
    void itStaysWhileItRefusesNoOrders() {
        reachNormal();
        look(NORMAL, 0, false);

        assertThat(limit.orders()).isEqualTo(NORMAL);
    }

    @Test
    void itNeverExceedsTheMost() {
        for (var i = 0; i < 200; i++) {
            look(limit.orders(), 0, true);
        }

        assertThat(limit.orders()).isEqualTo(MOST);
    }

    @Test
    void itNeverFallsBelowTheLeast() {
        for (var i = 0; i < 50; i++) {
            seconds += TARGET.toSeconds();
            look(10_000, 10_000, true);
        }

        assertThat(limit.orders()).isEqualTo(LEAST);
    }

    @Test
    void itShrinksToTheOrdersThatAreNotLateButOncePerTargetTime() {
        reachNormal();
        look(NORMAL, 300, true);
        assertThat(limit.orders()).isEqualTo(700);

        look(700, 300, true);
        assertThat(limit.orders()).isEqualTo(700);

        seconds += TARGET.toSeconds();
        look(700, 200, true);
        assertThat(limit.orders()).isEqualTo(500);
    }

    @Test
    void itShrinksByHalfAtMost() {
        reachNormal();
        look(NORMAL, NORMAL, true);

        assertThat(limit.orders()).isEqualTo(NORMAL / 2);
    }

    /** A fast flow has few orders in flight, so that the few that wait for a retry are many of them. */
    @Test
    void ordersThatWaitForARetryDoNotShrinkItWhileFewAreInFlight() {
        reachNormal();
        look(100, 60, true);

        assertThat(limit.orders()).isGreaterThan(NORMAL);
    }

    /** Twice as many orders are offered as the flow completes. It is cold at the beginning, or as fast as ever. */
    @ParameterizedTest
    @ValueSource(ints = {60, 300, 1_200})
    void underOverloadOrdersArePaidAboutAsSoonAsTheTargetAsks(int capacity) {
        var flow = new Flow();
        var completed = 0;
        var slowest = 0.0;
        for (var look = 0; look < 400; look++) {
            seconds += LOOK_SECONDS;
            var offered = (int) (2 * capacity * LOOK_SECONDS);
            var granted = Math.max(limit.orders() - flow.waiting(), 2);
            flow.enter(Math.min(granted, offered));
            var left = flow.complete((int) (capacity * LOOK_SECONDS));
            limit.observe(
                    new Step(flow.waiting(), flow.late(), Map.of()), offered > granted, false, (long) (seconds * 1e9));
            if (look >= 60) {
                completed += left;
                slowest = Math.max(slowest, flow.oldest());
            }
        }
        assertThat(slowest).as("seconds in flight").isBetween(1.0, 4.5);
        assertThat(completed / 340.0 / LOOK_SECONDS).as("completed per second").isGreaterThan(0.95 * capacity);
    }

    private void reachNormal() {
        for (var i = 0; i < 30; i++) {
            look(1, 0, false);
        }
    }

    private void look(int waiting, int late, boolean refusing) {
        seconds += LOOK_SECONDS;
        limit.observe(new Step(waiting, late, Map.of()), refusing, false, (long) (seconds * 1e9));
    }

    /** A queue. */
    private final class Flow {

        private final ArrayDeque<Double> placed = new ArrayDeque<>();

        private void enter(int orders) {
            for (var i = 0; i < orders; i++) {
                placed.add(seconds);
            }
        }

        private int complete(int orders) {
            var left = Math.min(orders, placed.size());
            for (var i = 0; i < left; i++) {
                placed.remove();
            }
            return left;
        }

        private int waiting() {
            return placed.size();
        }

        private int late() {
            return (int) placed.stream()
                    .filter(at -> seconds - at > TARGET.toSeconds())
                    .count();
        }

        private double oldest() {
            return placed.isEmpty() ? 0 : seconds - placed.peek();
        }
    }
}
