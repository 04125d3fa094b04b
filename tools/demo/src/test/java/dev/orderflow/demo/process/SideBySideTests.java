package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideBySideTests {

    @Test
    void theFirstFailureIsThrownEvenIfItMakesOthersFailFirst() {
        var stopped = new CountDownLatch(1);
        var othersFailed = new CountDownLatch(1);

        assertThatThrownBy(() -> SideBySide.run(
                        List.of("cause", "consequence"),
                        thing -> {
                            if (thing.equals("consequence")) {
                                await(stopped);
                            }
                            throw new IllegalStateException(thing);
                        },
                        () -> {
                            if (stopped.getCount() == 0) {
                                othersFailed.countDown();
                            }
                            stopped.countDown();
                            await(othersFailed);
                        }))
                .hasMessage("cause")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("consequence"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
