package dev.orderflow.demo.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.demo.token.Issuer.Grant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AccessTokensTests {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AtomicInteger asked = new AtomicInteger();
    private boolean away;
    private final AccessTokens tokens = new AccessTokens(this::grant, now::get);

    @Test
    void aTokenIsKeptByRole() {
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-1");
        assertThat(of(Role.OPERATOR)).isEqualTo("OPERATOR-2");
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-1");
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() {
        of(Role.SHOP);

        pass(Duration.ofMinutes(9));
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-1");
        pass(Duration.ofMinutes(2));
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-2");
    }

    @Test
    void anIssuerMayBeAwayWhileTheTokenIsValid() {
        of(Role.SHOP);
        away = true;

        pass(Duration.ofMinutes(11));
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-1");
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-1");
        assertThat(asked).as("requests during a pause").hasValue(2);
        pass(Duration.ofMinutes(4));
        assertThatExceptionOfType(IssuerAwayException.class).isThrownBy(() -> of(Role.SHOP));
        away = false;
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-4");
    }

    @Test
    void aRefusedTokenIsReplacedUnlessItIsNew() {
        var first = of(Role.SHOP);

        assertThat(tokens.refuse(Role.SHOP, first)).as("new").isFalse();
        assertThat(of(Role.SHOP)).isEqualTo(first);
        pass(Duration.ofSeconds(6));
        assertThat(tokens.refuse(Role.SHOP, first)).isTrue();
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-2");
        assertThat(tokens.refuse(Role.SHOP, first)).as("of an earlier request").isTrue();
        assertThat(of(Role.SHOP)).isEqualTo("SHOP-2");
    }

    @Test
    void oneOfManyCallersAsksTheIssuer() throws Exception {
        var answer = new CountDownLatch(1);
        var slow = new AccessTokens(
                role -> {
                    awaited(answer);
                    return grant(role);
                },
                now::get);
        Callable<String> caller = () -> slow.of(Role.SHOP).orElseThrow();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> results =
                    Stream.generate(() -> threads.submit(caller)).limit(50).toList();
            answer.countDown();

            for (var result : results) {
                assertThat(result.get()).isEqualTo("SHOP-1");
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void nobodyWaitsForARenewalWhileTheTokenIsValid() throws Exception {
        var answer = new CountDownLatch(0);
        var begun = new AtomicInteger();
        var gate = new CountDownLatch[] {answer};
        var slow = new AccessTokens(
                role -> {
                    begun.incrementAndGet();
                    awaited(gate[0]);
                    return grant(role);
                },
                now::get);
        slow.of(Role.SHOP);
        gate[0] = new CountDownLatch(1);
        pass(Duration.ofMinutes(11));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var renewing = threads.submit(() -> slow.of(Role.SHOP));
            Awaitility.await().until(() -> begun.get() == 2);

            assertThat(slow.of(Role.SHOP)).contains("SHOP-1");
            gate[0].countDown();
            assertThat(renewing.get()).contains("SHOP-2");
        }
    }

    @Test
    void noLogShowsAToken() {
        assertThat(new Grant("secret", Duration.ofMinutes(15)).toString()).doesNotContain("secret");
    }

    private String of(Role role) {
        return tokens.of(role).orElseThrow();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Grant grant(Role role) {
        var number = asked.incrementAndGet();
        if (away) {
            throw new IssuerAwayException("away", null);
        }
        return new Grant(role + "-" + number, Duration.ofMinutes(15));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
