package dev.orderflow.order.waiting;

import static dev.orderflow.order.lifecycle.OrderStatus.CANCELLED;
import static dev.orderflow.order.lifecycle.OrderStatus.PAID;
import static dev.orderflow.order.lifecycle.OrderStatus.PLACED;
import static dev.orderflow.order.lifecycle.OrderStatus.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.edge.Turns;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.order.LimitedTenants;
import dev.orderflow.order.lifecycle.OrderLifecycle;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderStatusChanged;
import dev.orderflow.order.ownership.Ownership;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(20)
class OrderWaitsTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final UUID ID = UUID.randomUUID();
    private static final String DONE = "done";
    private static final Ownership OWNER = new Ownership("demo", null, "");

    private final OrderStatuses statuses = mock(OrderStatuses.class);
    private final OrderWaits waits = waits(TenantLimits.none());

    private final Cancellation cancellation = new Cancellation();

    @Test
    void anOrderThatHasTheStatusIsNotWaitedFor() {
        committed(PAID);

        waits.await("client", OWNER, ID, Set.of(PAID, CANCELLED), LONG, () -> DONE);
    }

    @Test
    void anOrderThatCanNoLongerGetTheStatusIsNotWaitedFor() {
        committed(CANCELLED);

        waits.await("client", OWNER, ID, Set.of(PAID), LONG, () -> DONE);
    }

    @Test
    void anOrderThatDoesNotExistIsNotWaitedFor() {
        when(statuses.find(ID, OWNER)).thenReturn(null);

        waits.await("client", OWNER, ID, Set.of(PAID), LONG, () -> DONE);
    }

    @Test
    void aCommitInThisProcessWakesTheWaitersForItsStatus() {
        committed(PLACED);
        var forReserved = waiting(RESERVED);
        var forPaid = waiting(PAID);

        waits.statusChanged(new OrderStatusChanged(ID, RESERVED));
        assertEnds(forReserved, "RESERVED is committed here");
        assertThat(forPaid).isNotDone();

        waits.statusChanged(new OrderStatusChanged(ID, PAID));
        assertEnds(forPaid, "PAID is committed here");
    }

    @Test
    void thePollFindsCommitsOfOtherProcesses() {
        committed(PLACED);
        var waiting = waiting(PAID);

        committed(PAID);
        waits.run();

        assertEnds(waiting, "the poll has found a commit elsewhere");
    }

    @Test
    void aPollThatFailsIsRepeated() {
        committed(PLACED);
        var waiting = waiting(PAID);

        when(statuses.find(any())).thenThrow(new DataAccessResourceFailureException("down"));
        waits.run();
        assertThat(waiting).isNotDone();

        committedAfterFailure(PAID);
        waits.run();
        assertEnds(waiting, "the poll after a failed one has found the commit");
    }

    @Test
    void theWaitEndsAfterItsTimeout() {
        committed(PLACED);
        var timeout = Duration.ofMillis(50);
        var begin = System.nanoTime();

        assertThat(waits.await("client", OWNER, ID, Set.of(PAID), timeout, () -> DONE))
                .isEqualTo(DONE);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(timeout);
    }

    @Test
    void theWaitEndsWhenTheApplicationStops() {
        committed(PLACED);
        var waiting = waiting(PAID);

        waits.close();

        assertEnds(waiting, "the application stops");
    }

    @Test
    void anOrderIsFollowedFromStatusToStatus() {
        committed(PLACED);
        var read = new CopyOnWriteArrayList<OrderStatus>();
        var following = following(read);

        committed(RESERVED);
        waits.statusChanged(new OrderStatusChanged(ID, RESERVED));
        await().until(() -> read.size() == 2);
        committed(PAID);
        waits.run();

        assertThat(following).succeedsWithin(SOON).isEqualTo(true);
        assertThat(read).containsExactly(PLACED, RESERVED, PAID);
    }

    @Test
    void whoFollowsAnOrderHasOnePlaceUntilTheApplicationStops() {
        committed(PLACED);
        var first = following(new CopyOnWriteArrayList<>());
        var second = following(new CopyOnWriteArrayList<>());

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> waits.await("client", OWNER, ID, Set.of(PAID), LONG, () -> DONE));
        waits.close();

        assertThat(first).succeedsWithin(SOON).isEqualTo(false);
        assertThat(second).succeedsWithin(SOON).isEqualTo(false);
        assertThat(waits.await("client", OWNER, ID, Set.of(PAID), LONG, () -> DONE))
                .isEqualTo(DONE);
    }

    @Test
    void whoFollowsAnOrderCanBeStopped() {
        committed(PLACED);
        var following = following(new CopyOnWriteArrayList<>());

        cancellation.cancel();

        assertThat(following).succeedsWithin(SOON).isEqualTo(false);
    }

    @Test
    void withoutWaitersThereIsNothingToPoll() {
        waits.run();

        verify(statuses, never()).find(any());
    }

    @Test
    void aTenantOverItsLimitDoesNotWaitAndOthersDo() {
        committed(PAID);
        var limited = waits(LimitedTenants.with("edge.tenants.named[0].name=other", "edge.tenants.named[0].waiting=0"));
        var other = new Ownership("other", null, "");

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> limited.await("client", other, ID, Set.of(PAID), LONG, () -> DONE))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("overloaded"));
        assertThat(limited.await("client", OWNER, ID, Set.of(PAID), LONG, () -> DONE))
                .isEqualTo(DONE);
    }

    private OrderWaits waits(TenantLimits limits) {
        return new OrderWaits(
                statuses,
                new Turns(3, 0, Duration.ofSeconds(2), () -> {}),
                new AwaitProperties(Duration.ofMillis(100), 4, 2, Duration.ofMinutes(10)),
                limits,
                new SimpleMeterRegistry());
    }

    private static void assertEnds(CompletableFuture<Void> waiting, String reason) {
        assertThat(waiting).as("a request that waits, and %s", reason).succeedsWithin(SOON);
    }

    private void committed(OrderStatus status) {
        when(statuses.find(any())).thenReturn(Map.of(ID, status));
        when(statuses.find(ID, OWNER)).thenReturn(status);
    }

    private void committedAfterFailure(OrderStatus status) {
        doReturn(Map.of(ID, status)).when(statuses).find(any());
    }

    /** Follows the order until it is final; has read it once on return. */
    private CompletableFuture<Boolean> following(List<OrderStatus> read) {
        var done = CompletableFuture.supplyAsync(
                () -> waits.follow(
                        "client",
                        OWNER,
                        ID,
                        LONG,
                        cancellation,
                        () -> statuses.find(Set.of(ID)).getOrDefault(ID, CANCELLED),
                        status -> {
                            read.add(status);
                            return status.isSettled() ? Set.of() : OrderLifecycle.reachableFrom(status);
                        }),
                task -> Thread.ofVirtual().start(task));
        await().until(() -> read.size() == 1);
        return done;
    }

    /** A wait that has begun: it has looked at the order and now waits for its status to change. */
    private CompletableFuture<Void> waiting(OrderStatus wanted) {
        var thread = new CompletableFuture<Thread>();
        var done = CompletableFuture.runAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    waits.await("client", OWNER, ID, Set.of(wanted), LONG, () -> DONE);
                },
                task -> Thread.ofVirtual().start(task));
        await().until(() -> thread.join().getState() == Thread.State.TIMED_WAITING);
        return done;
    }
}
