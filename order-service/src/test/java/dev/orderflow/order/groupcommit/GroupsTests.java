package dev.orderflow.order.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupsTests {

    private static final int ENOUGH = 4;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ConcurrentLinkedQueue<List<Integer>> done = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        end.countDown();
        threads.close();
    }

    @Test
    void anItemIsCarriedOutAtOnceAndAloneIfNoOtherIs() throws Exception {
        var groups = new Groups<Integer>(1, item -> 1, ENOUGH, () -> LONG, done::add);

        groups.add(1);
        groups.add(2);

        assertThat(done).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void itemsThatArriveMeanwhileFormAGroupUpToItsWeight() throws Exception {
        var groups = new Groups<Integer>(1, item -> 1, ENOUGH, () -> LONG, this::hold);

        addWhileHeld(groups, List.of(1, 2, 3, 4, 5, 6));

        assertThat(done).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void anItemThatIsHeavyEnoughIsAGroupOfItsOwn() throws Exception {
        var groups = new Groups<Integer>(1, item -> item, ENOUGH, () -> LONG, this::hold);

        addWhileHeld(groups, List.of(900, 2, 1, 1));

        assertThat(done).containsExactly(List.of(0), List.of(900), List.of(2, 1, 1));
    }

    @Test
    void eachItemIsDoneOnceWhenItsCallerReturnsAndNoMoreGroupsAtOnceThanAllowed() throws Exception {
        var allowed = new Semaphore(3);
        var tooMany = new ConcurrentLinkedQueue<List<Integer>>();
        var finished = new boolean[20_000];
        var groups = new Groups<Integer>(3, item -> 1, ENOUGH, () -> LONG, group -> {
            if (!allowed.tryAcquire()) {
                tooMany.add(group);
                return;
            }
            done.add(group);
            group.forEach(item -> finished[item] = true);
            allowed.release();
        });

        var callers = IntStream.range(0, finished.length)
                .mapToObj(item -> threads.submit(() -> {
                    groups.add(item);
                    return finished[item];
                }))
                .toList();
        for (var caller : callers) {
            assertThat(caller.get()).isTrue();
        }

        var items = new ArrayList<Integer>();
        done.forEach(items::addAll);
        assertThat(tooMany).isEmpty();
        assertThat(items).hasSize(finished.length).doesNotHaveDuplicates();
        assertThat(groups.waiting()).isZero();
    }

    /** A caller whose item is done returns, whatever has come since. */
    @Test
    void aGroupIsLedByOneOfItsMembers() throws Exception {
        var leaders = new ConcurrentLinkedQueue<Integer>();
        var led = ThreadLocal.<Integer>withInitial(() -> -1);
        var groups = new Groups<Integer>(1, item -> 1, ENOUGH, () -> LONG, group -> {
            hold(group);
            leaders.add(led.get());
        });
        threads.submit(() -> {
            led.set(0);
            groups.add(0);
            return null;
        });
        begun.await();
        var callers = new ArrayList<Future<?>>();
        for (var item = 1; item <= 6; item++) {
            var next = item;
            callers.add(threads.submit(() -> {
                led.set(next);
                groups.add(next);
                return null;
            }));
            await().until(() -> groups.waiting() == next);
        }
        end.countDown();
        for (var caller : callers) {
            caller.get();
        }

        assertThat(leaders).containsExactly(0, 1, 5);
    }

    @Test
    void anItemThatWaitsTooLongFailsAndIsNotCarriedOutLater() throws Exception {
        var groups = new Groups<Integer>(1, item -> 1, ENOUGH, () -> Duration.ofMillis(50), this::hold);
        var held = add(groups, 0);
        begun.await();

        assertThatThrownBy(() -> groups.add(1)).isInstanceOf(TimeoutException.class);
        end.countDown();
        held.get();
        groups.add(2);

        assertThat(done).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void aGroupThatFailsLetsItsMembersReturnAndTheNextBegin() throws Exception {
        var groups = new Groups<Integer>(1, item -> 1, 2, () -> LONG, group -> {
            hold(group);
            if (group.contains(1)) {
                throw new AssertionError("group of 1");
            }
        });
        var callers = new ArrayList<Future<?>>();
        callers.add(add(groups, 0));
        begun.await();
        for (var item = 1; item <= 3; item++) {
            var waiting = item;
            callers.add(add(groups, item));
            await().until(() -> groups.waiting() == waiting);
        }
        end.countDown();

        assertThatThrownBy(() -> callers.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("group of 1");
        for (var item : List.of(0, 2, 3)) {
            callers.get(item).get();
        }
        assertThat(done).containsExactly(List.of(0), List.of(1, 2), List.of(3));
    }

    @Test
    void anItemInterruptedWhileWaitingIsNotCarriedOut() throws Exception {
        var groups = new Groups<Integer>(1, item -> 1, ENOUGH, () -> LONG, this::hold);
        var first = add(groups, 0);
        begun.await();
        var second = add(groups, 1);
        await().until(() -> groups.waiting() == 1);

        second.cancel(true);
        await().until(() -> groups.waiting() == 0);
        end.countDown();
        first.get();

        assertThat(done).containsExactly(List.of(0));
    }

    /** Item 0 is being done while the others come, one after the other. */
    private void addWhileHeld(Groups<Integer> groups, List<Integer> items) throws Exception {
        var callers = new ArrayList<Future<?>>();
        callers.add(add(groups, 0));
        begun.await();
        for (var item : items) {
            var waiting = groups.waiting() + 1;
            callers.add(add(groups, item));
            await().until(() -> groups.waiting() == waiting);
        }
        end.countDown();
        for (var caller : callers) {
            caller.get();
        }
    }

    private Future<?> add(Groups<Integer> groups, int item) {
        return threads.submit(() -> {
            groups.add(item);
            return null;
        });
    }

    private void hold(List<Integer> group) {
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        done.add(group);
    }
}
