package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.AfterCall;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ResilienceGuardsTests {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final CircuitBreakerRegistry circuitBreakers = CircuitBreakerRegistry.ofDefaults();

    @Test
    void aShorterLimitCutsTheCallOffWithoutBlamingTheDependency() {
        var interrupted = new CountDownLatch(1);

        assertThatThrownBy(() ->
                        guards(Duration.ofMinutes(1)).call("outside", () -> hang(interrupted), Optional.of(SHORT)))
                .isInstanceOf(TimeoutException.class);

        assertThat(await(interrupted)).isTrue();
        assertThat(circuitBreakers.circuitBreaker("outside").getMetrics().getNumberOfFailedCalls())
                .isZero();
    }

    @Test
    void theUsualLimitBlamesTheDependency() {
        assertThatThrownBy(() -> guards(SHORT)
                        .call("outside", () -> hang(new CountDownLatch(1)), Optional.of(Duration.ofMinutes(1))))
                .isInstanceOf(TimeoutException.class);

        assertThat(circuitBreakers.circuitBreaker("outside").getMetrics().getNumberOfFailedCalls())
                .isEqualTo(1);
    }

    @Test
    void withinAShorterLimitTheDependencyIsJudged() throws Exception {
        var guards = guards(Duration.ofMinutes(1));
        AfterCall answer = AfterCall.nothing();

        assertThat(guards.call("outside", () -> answer, Optional.of(Duration.ofSeconds(30))))
                .isSameAs(answer);
        assertThatThrownBy(() -> guards.call(
                        "outside",
                        () -> {
                            throw new IllegalStateException("away");
                        },
                        Optional.of(Duration.ofSeconds(30))))
                .hasMessage("away");

        var metrics = circuitBreakers.circuitBreaker("outside").getMetrics();
        assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(1);
        assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void anEventThatCannotBeHandledIsNoFaultOfTheDependency() {
        var guards = guards(Duration.ofMinutes(1));
        Callable<AfterCall> invalid = () -> {
            throw new ConstraintViolationException(Set.of());
        };

        for (var event = 0; event < 200; event++) {
            assertThatThrownBy(() -> guards.call("outside", invalid, Optional.empty()))
                    .isInstanceOf(ConstraintViolationException.class);
        }

        assertThat(guards.open(Set.of("outside"))).isEmpty();
        circuitBreakers.circuitBreaker("outside").transitionToOpenState();
        assertThat(guards.isAway("outside", new ConstraintViolationException(Set.of())))
                .isFalse();
    }

    @Test
    void aCallThatAnInnerGuardRejectsIsNoFaultOfTheOuterOne() {
        var guards = guards(Duration.ofMinutes(1));
        circuitBreakers.circuitBreaker("inside").transitionToOpenState();
        Callable<AfterCall> inner = () -> guards.call("inside", AfterCall::nothing, Optional.empty());

        assertThatThrownBy(() -> guards.call("outside", inner, Optional.empty()))
                .isInstanceOf(CallGuards.DependencyAwayException.class);

        var outer = circuitBreakers.circuitBreaker("outside").getMetrics();
        assertThat(outer.getNumberOfFailedCalls()).isZero();
        assertThat(outer.getNumberOfSuccessfulCalls()).isZero();
    }

    private ResilienceGuards guards(Duration limit) {
        return new ResilienceGuards(
                circuitBreakers,
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(
                        TimeLimiterConfig.custom().timeoutDuration(limit).build()));
    }

    private static AfterCall hang(CountDownLatch interrupted) throws InterruptedException {
        try {
            new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            return AfterCall.nothing();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
