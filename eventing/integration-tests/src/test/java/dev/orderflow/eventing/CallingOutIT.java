package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CallingOutIT extends SampleIT {

    @Autowired
    private CircuitBreakerRegistry circuitBreakers;

    @AfterEach
    void closeCircuit() {
        circuitBreakers.circuitBreaker("outside").reset();
    }

    @Test
    void callsAreMadeOutsideAnyTransactionAndTheirEffectInsideOne() {
        publish(new Opened(account), new Pledged(account, 1), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened", "pledged 1", "closed"));
        assertThat(faults.callsInsideTransactions).hasValue(0);
    }

    @Test
    void callsForDifferentKeysAreMadeAtTheSameTime() {
        var accounts = IntStream.range(0, 8)
                .mapToObj(number -> UUID.randomUUID().toString())
                .toList();
        var allAreThere = new CountDownLatch(accounts.size());
        var together = ConcurrentHashMap.<String>newKeySet();
        faults.outside(pledged -> {
            allAreThere.countDown();
            try {
                if (allAreThere.await(1500, TimeUnit.MILLISECONDS)) {
                    together.add(pledged.account());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        produce(accounts.stream().map(each -> foreign(new Pledged(each, 1))).toList());

        await().untilAsserted(() -> assertThat(accounts)
                .allSatisfy(each -> assertThat(effects.of(each)).hasSize(1)));
        assertThat(together).containsExactlyInAnyOrderElementsOf(accounts);
    }

    @Test
    void anEventCallsOutOnlyAfterTheEarlierOnesOfItsKeyHaveTakenEffect() {
        var effectsSeen = new ConcurrentHashMap<Long, List<String>>();
        faults.outside(pledged -> effectsSeen.put(pledged.amount(), effects.of(pledged.account())));
        publish(
                new Opened(account),
                new Pledged(account, 1),
                new Pledged(account, 2),
                new Deposited(account, 3),
                new Pledged(account, 4));

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(5));
        assertThat(effects.of(account)).containsExactly("opened", "pledged 1", "pledged 2", "deposited 3", "pledged 4");
        assertThat(effectsSeen.get(2L)).containsExactly("opened", "pledged 1");
        assertThat(effectsSeen.get(4L)).containsExactly("opened", "pledged 1", "pledged 2", "deposited 3");
    }

    @Test
    void aRememberedEventIsNotCalledOutForAgain() {
        publish(new Pledged(account, 1));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(1));

        produce(recordsOf(AccountEvent.TOPIC).stream().map(SampleIT::copy).toList());
        publish(new Closed(account, "after the copy"));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1", "closed"));
        assertThat(faults.calls).containsExactly(new Pledged(account, 1));
    }

    @Test
    void aCallWhoseTransactionFailedIsRepeatedAndTakesEffectOnce() {
        faults.fail(account, 2);
        publish(new Pledged(account, 1), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1", "closed"));
        assertThat(faults.calls).contains(new Pledged(account, 1));
    }

    @Test
    void aFailedCallHoldsOnlyItsOwnKey() {
        var other = UUID.randomUUID().toString();
        var outOfOrder = new AtomicBoolean(true);
        faults.outside(pledged -> {
            if (pledged.account().equals(account) && outOfOrder.get()) {
                throw new IllegalStateException("out of order");
            }
        });
        publish(new Pledged(account, 1), new Deposited(account, 2), new Pledged(other, 1), new Deposited(other, 2));

        await().untilAsserted(() -> assertThat(effects.of(other)).containsExactly("pledged 1", "deposited 2"));
        assertThat(effects.of(account)).isEmpty();

        outOfOrder.set(false);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1", "deposited 2"));
    }

    @Test
    void anOpenCircuitPausesConsumptionAndItResumesByItself() {
        var circuit = circuitBreakers.circuitBreaker("outside");
        // More accounts than concurrent calls: calls in progress have begun before the circuit opens.
        var accounts = IntStream.range(0, 100)
                .mapToObj(number -> UUID.randomUUID().toString())
                .toList();
        var away = new AtomicBoolean(true);
        faults.outside(pledged -> {
            if (away.get()) {
                throw new IllegalStateException("away");
            }
        });
        inTransaction(() -> accounts.forEach(each -> events.publish(new Pledged(each, 1))));
        await().until(() -> circuit.getState() == CircuitBreaker.State.OPEN);

        circuit.transitionToForcedOpenState();
        publish(new Opened(account));
        await().during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(effects.of(account)).isEmpty());
        var callsWhileOpen = faults.calls.size();
        assertThat(callsWhileOpen).isLessThan(accounts.size());

        assertThat(jdbc.sql("SELECT count(*) FROM key_hold WHERE attempts <> '[]' OR state = 'DEAD'")
                        .query(Integer.class)
                        .single())
                .as("events that lost an attempt")
                .isZero();

        away.set(false);
        circuit.transitionToOpenState();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(accounts)
                        .allSatisfy(each -> assertThat(effects.of(each)).containsExactly("pledged 1")));
        assertThat(effects.of(account)).containsExactly("opened");
    }

    @Test
    void aCallThatTakesTooLongIsCutOffAndRepeated() {
        var slow = new AtomicBoolean(true);
        faults.outside(pledged -> {
            if (slow.getAndSet(false)) {
                awaitInterruption();
            }
        });
        publish(new Pledged(account, 1));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1"));
        assertThat(faults.calls).hasSize(2);
    }

    private static void awaitInterruption() {
        try {
            new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException("cut off", e);
        }
    }
}
