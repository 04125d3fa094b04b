package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTests {

    private static final int ENOUGH = 4;

    private final ConcurrentLinkedQueue<List<Integer>> done = new ConcurrentLinkedQueue<>();

    @Test
    void whatComesWhileNothingIsBeingDoneIsDoneAtOnceAndAlone() {
        var groups = new GroupCommit<Integer>(1, item -> 1, ENOUGH, done::add);

        groups.add(1);
        groups.add(2);

        assertThat(done).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whatComesMeanwhileIsAGroupUpToItsWeight() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var groups = new GroupCommit<Integer>(1, item -> 1, ENOUGH, group -> {
            begun.countDown();
            hold(end);
            done.add(group);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> groups.add(0));
            begun.await();
            for (var item = 1; item <= 6; item++) {
                var next = item;
                threads.submit(() -> groups.add(next));
                await().until(() -> groups.waiting() == next);
            }
            end.countDown();
        }

        assertThat(done).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void anItemThatIsHeavyEnoughByItselfTakesNoOthersAlong() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var groups = new GroupCommit<Integer>(1, item -> item, ENOUGH, group -> {
            begun.countDown();
            hold(end);
            done.add(group);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> groups.add(0));
            begun.await();
            var waiting = 0;
            for (var item : List.of(1, 900, 2, 1, 1)) {
                var next = ++waiting;
                threads.submit(() -> groups.add(item));
                await().until(() -> groups.waiting() == next);
            }
            end.countDown();
        }

        assertThat(done).containsExactly(List.of(0), List.of(1, 900), List.of(2, 1, 1));
    }

    @Test
    void eachItemIsDoneOnceAndNoMoreGroupsAtOnceThanAllowed() {
        var allowed = new Semaphore(3);
        var tooMany = new ConcurrentLinkedQueue<Integer>();
        var groups = new GroupCommit<Integer>(3, item -> 1, ENOUGH, group -> {
            if (!allowed.tryAcquire()) {
                tooMany.add(group.getFirst());
                return;
            }
            done.add(group);
            Thread.yield();
            allowed.release();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20_000).forEach(item -> threads.submit(() -> groups.add(item)));
        }

        var items = new ArrayList<Integer>();
        done.forEach(items::addAll);
        assertThat(tooMany).isEmpty();
        assertThat(items)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20_000).boxed().toList());
    }

    @Test
    void aGroupThatFailsLeavesTheTurnToTheNext() {
        var groups = new GroupCommit<Integer>(1, item -> 1, ENOUGH, group -> {
            if (group.contains(1)) {
                throw new IllegalStateException("group of 1");
            }
            done.add(group);
        });

        assertThatThrownBy(() -> groups.add(1)).hasMessage("group of 1");
        groups.add(2);

        assertThat(done).containsExactly(List.of(2));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
