package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Loop.Work;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.loop.Looping.OverdueWork;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import dev.orderflow.eventing.sample.SampleApplication;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Errors in handlers, and the health of the threads as the probes report it. */
@SpringBootTest(
        classes = {SampleApplication.class, ThreadsIT.OneMore.class, ThreadsIT.Chores.class},
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "management.endpoint.health.show-details=always"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ThreadsIT extends SampleIT {

    @Autowired
    private Environment environment;

    @Autowired
    @Qualifier("consumerGroup")
    private Looping group;

    @Autowired
    private OneMore oneMore;

    @Autowired
    private Chores chores;

    /** A periodic task of an application; fails with an error once. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Chores implements PeriodicTask {

        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public String name() {
            return "chores";
        }

        @Override
        public Duration period() {
            return Duration.ofMillis(100);
        }

        @Override
        public void run() {
            if (runs.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("test");
            }
        }
    }

    /** A loop that fails with errors on demand, and a handler that never returns. */
    @TestConfiguration(proxyBeanMethods = false)
    static class OneMore implements Looping, OverdueWork, Work {

        private final Map<String, Duration> overdue = new ConcurrentHashMap<>();
        private final Loop loop = Loop.onVirtualThread("one-more");

        @Override
        public Collection<Loop> loops() {
            return List.of(loop);
        }

        @Override
        public Map<String, Duration> overdue() {
            return Map.copyOf(overdue);
        }

        @Override
        public Duration round() {
            throw new NoClassDefFoundError("test");
        }

        @Override
        public Duration failed(Throwable cause) {
            return Duration.ofMillis(1);
        }
    }

    @Test
    void aTaskOfTheApplicationGoesOnAfterErrors() {
        await().untilAsserted(() -> assertThat(chores.runs).hasValueGreaterThan(2));
    }

    @AfterEach
    void getWell() {
        oneMore.overdue.clear();
        oneMore.loop.end(Duration.ZERO, Duration.ofSeconds(1));
    }

    static Stream<Supplier<Error>> errors() {
        return Stream.of(
                () -> new AssertionError("test"),
                () -> new StackOverflowError("test"),
                () -> new NoClassDefFoundError("test"),
                () -> new OutOfMemoryError("test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAHandlerDelaysItsEvent(Supplier<Error> error) {
        faults.fail(account, 2, error);
        publish(new Deposited(account, 1), new Closed(account, ""));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "closed"));
        assertAllRun();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInACallDelaysItsEvent(Supplier<Error> error) {
        var left = new AtomicInteger(2);
        faults.outside(pledged -> {
            if (pledged.account().equals(account) && left.getAndDecrement() > 0) {
                throw error.get();
            }
        });
        publish(new Pledged(account, 1), new Closed(account, ""));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1", "closed"));
        assertAllRun();
    }

    /** The thread belongs to the group, so an interrupt that a handler leaves behind must not end it. */
    @Test
    void anInterruptThatAHandlerLeavesBehindDelaysItsEvent() {
        faults.fail(account, 1, () -> {
            Thread.currentThread().interrupt();
            return new AssertionError("test");
        });
        publish(new Deposited(account, 1), new Closed(account, ""));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "closed"));
        assertAllRun();
    }

    @Test
    void eachThreadIsShownAndLivenessKnowsThem() {
        get("/actuator/health/liveness").expectStatus().isOk();
        var health = get("/actuator/health").expectStatus().isOk().expectBody();
        for (var name : List.of(
                "outbox-relay",
                "outbox-signals",
                "inbox-0",
                "retry",
                "handling-watch",
                "hold-sweeper",
                "partitions",
                "dead-letter-replay",
                "hold-gauges",
                "chores")) {
            health.jsonPath("$.components.eventing.components." + name + ".status")
                    .isEqualTo("UP")
                    .jsonPath("$.components.eventing.components." + name + ".details.state")
                    .isNotEmpty();
        }
    }

    @Test
    void aThreadWhoseErrorsDoNotStopMakesLivenessDown() {
        oneMore.loop.start(oneMore);

        await().untilAsserted(
                        () -> get("/actuator/health/liveness").expectStatus().isEqualTo(503));
        get("/actuator/health")
                .expectBody()
                .jsonPath("$.components.eventing.components.one-more.details.state")
                .isEqualTo("BROKEN");
        get("/actuator/health/readiness").expectStatus().isOk();
    }

    @Test
    void aHandlerThatDoesNotReturnMakesLivenessDown() {
        oneMore.overdue.put("AccountEventHandlers.deposit", Duration.ofSeconds(50));
        get("/actuator/health/liveness").expectStatus().isOk();

        oneMore.overdue.put("AccountEventHandlers.deposit", Duration.ofSeconds(70));
        get("/actuator/health/liveness").expectStatus().isEqualTo(503);
        get("/actuator/health")
                .expectBody()
                .jsonPath("$.components.eventing.components.overdue.status")
                .isEqualTo("DOWN");
    }

    private void assertAllRun() {
        assertThat(group.loops())
                .isNotEmpty()
                .allSatisfy(loop -> assertThat(loop.status().state()).isNotEqualTo(LoopStatus.State.DIED));
    }

    private RestTestClient.ResponseSpec get(String path) {
        return RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + environment.getRequiredProperty("local.management.port"))
                .build()
                .get()
                .uri(path)
                .exchange();
    }
}
