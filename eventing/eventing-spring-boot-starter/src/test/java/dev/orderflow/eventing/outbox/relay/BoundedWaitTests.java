package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedWaitTests {

    @Test
    void aCallThatReturnsIsWaitedFor() throws Exception {
        var done = new AtomicBoolean();

        BoundedWait.run("test", Duration.ofMinutes(1), () -> done.set(true));

        assertThat(done).isTrue();
    }

    @Test
    void whatTheCallThrowsIsThrown() {
        var exception = new IllegalArgumentException("test");
        var error = new AssertionError("test");

        assertThatThrownBy(() -> BoundedWait.run("test", Duration.ofMinutes(1), () -> {
                    throw exception;
                }))
                .isSameAs(exception);
        assertThatThrownBy(() -> BoundedWait.run("test", Duration.ofMinutes(1), () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    /** A producer whose own thread has died blocks in this way. */
    @Test
    void aCallThatNeverReturnsIsNotWaitedForForEver() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> BoundedWait.run("flush", Duration.ofMillis(50), () -> await(never)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("flush");
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
