package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CombinedLookupTests {

    private final List<Set<Integer>> lookups = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aCallerThatIsAloneIsAnsweredAtOnce() {
        var lookup = new CombinedLookup<>(this::even);

        assertThat(lookup.contains(2)).isTrue();
        assertThat(lookup.contains(3)).isFalse();
        assertThat(lookups).containsExactly(Set.of(2), Set.of(3));
    }

    @Test
    void callersThatComeDuringALookupShareTheNext() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var lookup = new CombinedLookup<Integer>(keys -> {
            begun.countDown();
            awaitUninterrupted(goOn);
            return even(keys);
        });
        try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            var first = threads.submit(() -> lookup.contains(0));
            begun.await();
            var callers = new ArrayList<Thread>();
            var others = new ArrayList<Future<Boolean>>();
            for (var key = 1; key <= 4; key++) {
                var asked = key;
                others.add(threads.submit(() -> {
                    synchronized (callers) {
                        callers.add(Thread.currentThread());
                    }
                    return lookup.contains(asked);
                }));
            }
            await().until(() -> allWait(callers, 4));
            goOn.countDown();

            assertThat(first.get()).isTrue();
            assertThat(others).extracting(Future::get).containsExactly(false, true, false, true);
            assertThat(lookups).containsExactly(Set.of(0), Set.of(1, 2, 3, 4));
        }
    }

    @Test
    void aFailureReachesEachCallerOfItsLookupOnly() {
        var lookup = new CombinedLookup<Integer>(keys -> {
            if (keys.contains(0)) {
                throw new IllegalArgumentException("zero");
            }
            return even(keys);
        });

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> lookup.contains(0));
        assertThat(lookup.contains(2)).isTrue();
    }

    private Set<Integer> even(Set<Integer> keys) {
        lookups.add(Set.copyOf(keys));
        return Set.copyOf(keys.stream().filter(key -> key % 2 == 0).toList());
    }

    private static boolean allWait(List<Thread> threads, int number) {
        synchronized (threads) {
            return threads.size() == number
                    && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
