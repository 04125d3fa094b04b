package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Events whose deadline passes before, while or after they are handled. */
@Import(ExpiredEventsIT.Fast.class)
class ExpiredEventsIT extends SampleIT {

    @TestConfiguration(proxyBeanMethods = false)
    static class Fast {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        AdvancedClock clock() {
            return new AdvancedClock();
        }
    }

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private AdvancedClock clock;

    @Autowired
    private CircuitBreakerRegistry circuitBreakers;

    private double before;

    @BeforeEach
    void count() {
        before = expired();
    }

    @Test
    void anExpiredEventIsConsumedWithoutEffectAndItsSuccessorsFollow() {
        var late = until(new Deposited(account, 1), Duration.ofSeconds(-1));
        produce(List.of(late, until(new Deposited(account, 2), Duration.ofHours(1)), foreign(new Closed(account, ""))));
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 2", "closed"));
        assertThat(expired()).isEqualTo(before + 1);

        produce(List.of(late, foreign(new Closed(account, ""))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 2", "closed", "closed"));
        assertThat(expired()).as("a copy of an expired event").isEqualTo(before + 1);
    }

    @Test
    void aHandlerThatDemandsExpiredEventsGetsThem() {
        produce(List.of(until(new Closed(account, ""), Duration.ofSeconds(-1))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed"));
    }

    @Test
    void anEventThatExpiresBetweenTwoAttemptsIsNotTriedAgain() {
        faults.fail(account, 1);
        produce(List.of(until(new Deposited(account, 1), Duration.ofMinutes(30)), foreign(new Deposited(account, 2))));
        await().until(() -> faults.failuresLeft(account) == 0);

        clock.advance(Duration.ofHours(1));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 2"));
        assertThat(expired()).isEqualTo(before + 1);
    }

    /** A call that is not made must not count as a success of the dependency either. */
    @Test
    void anExpiredEventDoesNotCallOut() {
        circuitBreakers.circuitBreaker("outside").reset();
        produce(List.of(until(new Pledged(account, 1), Duration.ofSeconds(-1)), foreign(new Pledged(account, 2))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 2"));
        assertThat(faults.calls).containsExactly(new Pledged(account, 2));
        assertThat(circuitBreakers.circuitBreaker("outside").getMetrics().getNumberOfSuccessfulCalls())
                .isEqualTo(1);
        assertThat(expired()).isEqualTo(before + 1);
    }

    @Test
    void aCallThatWasMadeInTimeTakesEffectLater() {
        faults.outside(pledged -> clock.advance(Duration.ofHours(1)));
        produce(List.of(until(new Pledged(account, 1), Duration.ofMinutes(30))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1"));
        assertThat(expired()).isEqualTo(before);
    }

    /** The guard would wait for two seconds, and the circuit would count the call. */
    @Test
    void aCallIsCutOffAtTheDeadline() {
        faults.outside(pledged -> awaitInterruption());
        produce(List.of(until(new Pledged(account, 1), Duration.ofMillis(700)), foreign(new Closed(account, ""))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed"));
        assertThat(expired()).isEqualTo(before + 1);
    }

    @Test
    void anExpiredEventLeavesItsDeduplicationKeyToTheNextOne() {
        var late = until(new Deposited(account, 1), Duration.ofSeconds(-1));
        var next = until(new Deposited(account, 2), Duration.ofHours(1));
        var repeated = until(new Deposited(account, 3), Duration.ofHours(1));
        var key = UUID.randomUUID().toString().getBytes(UTF_8);
        List.of(late, next, repeated).forEach(each -> each.headers().add("ce_dedupkey", key));
        produce(List.of(late, next, repeated, foreign(new Closed(account, ""))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 2", "closed"));
    }

    private ProducerRecord<String, byte[]> until(AccountEvent event, Duration fromNow) {
        var published = foreign(event);
        published
                .headers()
                .add("ce_deadline", clock.instant().plus(fromNow).toString().getBytes(UTF_8));
        return published;
    }

    private double expired() {
        return meters.find("eventing.inbox.expired").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static void awaitInterruption() {
        try {
            new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException("cut off", e);
        }
    }

    /** The system's clock, set ahead. */
    static final class AdvancedClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
