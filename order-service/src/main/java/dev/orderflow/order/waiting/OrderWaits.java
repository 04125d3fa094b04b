package dev.orderflow.order.waiting;

import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.Turns;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.order.lifecycle.OrderLifecycle;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderStatusChanged;
import dev.orderflow.order.ownership.Ownership;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Lets requests wait until an order has a given status. A waiting request needs a virtual thread and the buffers of its
 * connection, but no database connection. The number of waiting requests is bounded.
 * <p>
 * A commit in this process wakes a waiter, and so does the poll, which looks up all awaited orders with one query and
 * also sees commits of other instances. No change is missed, because a waiter is registered before it first reads the
 * order: the read sees an earlier commit, and a later commit finds the waiter.
 * <p>
 * Do not wait inside a transaction: it would hold a connection of a small pool for up to a minute.
 */
@Component
@EnableConfigurationProperties(AwaitProperties.class)
public class OrderWaits implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(OrderWaits.class);

    private final OrderStatuses statuses;
    private final Turns turns;
    private final Duration pollInterval;
    private final Duration longestWatch;
    private final WaitingPlaces places;
    private final Map<UUID, List<Waiter>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closing;

    OrderWaits(
            OrderStatuses statuses,
            @Qualifier(TakesTurn.REQUESTS) Turns turns,
            AwaitProperties properties,
            TenantLimits limits,
            MeterRegistry meters) {
        this.statuses = statuses;
        this.turns = turns;
        this.places = new WaitingPlaces(
                properties.places(),
                properties.perClient(),
                limits::requireRoom,
                meters.counter("edge.requests.refused", "limit", "await")::increment);
        this.pollInterval = properties.pollInterval();
        this.longestWatch = properties.watch();
    }

    /**
     * Runs {@code work} when the order has one of the wanted statuses, can no longer get any of them, does not exist,
     * after {@code timeout}, or when the application stops. The work always waits for its turn, because the number of
     * these requests is bounded here.
     *
     * @param client the client's address
     * @param owner  who waits; another owner's order does not exist
     * @throws Refusal if too many requests wait
     */
    public <T> T await(
            String client, Ownership owner, UUID orderId, Set<OrderStatus> wanted, Duration timeout, Supplier<T> work) {
        places.enter(client, owner.tenant());
        try {
            await(orderId, wanted, timeout, new Cancellation(), () -> statuses.find(orderId, owner));
            return turns.takeInAnyCase(work);
        } finally {
            places.leave(client, owner.tenant());
        }
    }

    /** Returns the longest time for which an order may be followed. */
    public Duration longestWatch() {
        return longestWatch;
    }

    /**
     * Reads an order, and again whenever it may have one of the statuses that {@code step} wants next. Keeps one place in
     * between. Ends when {@code step} wants no more, after {@code longest}, when it is cancelled, or when the application
     * stops.
     *
     * @param client       the client's address
     * @param owner        who follows it
     * @param cancellation ends it between two reads
     * @param read         reads the order in its turn
     * @param step         takes what was read, and returns the statuses to wait for
     * @return whether {@code step} wants no more
     * @throws Refusal if too many requests wait
     */
    public <T> boolean follow(
            String client,
            Ownership owner,
            UUID orderId,
            Duration longest,
            Cancellation cancellation,
            Supplier<T> read,
            Function<T, Set<OrderStatus>> step) {
        places.enter(client, owner.tenant());
        try {
            var end = System.nanoTime() + longest.toNanos();
            var wanted = step.apply(turns.takeInAnyCase(read));
            while (!wanted.isEmpty()) {
                var left = Duration.ofNanos(end - System.nanoTime());
                if (!left.isPositive() || closing || cancellation.isCancelled()) {
                    return false;
                }
                await(
                        orderId,
                        wanted,
                        left,
                        cancellation,
                        () -> statuses.find(Set.of(orderId)).get(orderId));
                if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                wanted = step.apply(turns.takeInAnyCase(read));
            }
            return true;
        } finally {
            places.leave(client, owner.tenant());
        }
    }

    private void await(
            UUID orderId,
            Set<OrderStatus> wanted,
            Duration timeout,
            Cancellation cancellation,
            Supplier<@Nullable OrderStatus> status) {
        var waiter = new Waiter(wanted, new CountDownLatch(1));
        cancellation.ends(waiter.woken);
        register(orderId, waiter);
        try {
            var current = turns.takeInAnyCase(status);
            if (current != null && !closing && !waiter.isDone(current)) {
                waiter.woken.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            remove(orderId, waiter);
        }
    }

    @TransactionalEventListener
    void statusChanged(OrderStatusChanged change) {
        wake(change.orderId(), change.status());
    }

    @Override
    public String name() {
        return "awaited-orders";
    }

    @Override
    public Duration period() {
        return pollInterval;
    }

    /** Looks up all awaited orders. */
    @Override
    public void run() {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            statuses.find(Set.copyOf(waiting.keySet())).forEach(this::wake);
        } catch (DataAccessException e) {
            log.warn(
                    "awaited orders not looked up, will be repeated waiting={} cause={}",
                    waiting.size(),
                    e.getMessage());
        }
    }

    /** Wakes all waiters. A graceful shutdown would otherwise wait for them. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
        waiting.values().forEach(waiters -> waiters.forEach(waiter -> waiter.woken.countDown()));
    }

    private void wake(UUID orderId, OrderStatus status) {
        for (var waiter : waiting.getOrDefault(orderId, List.of())) {
            if (waiter.isDone(status)) {
                waiter.woken.countDown();
            }
        }
    }

    /** Replaces the map's lists instead of changing them, so that the waking thread reads them without a lock. */
    private void register(UUID orderId, Waiter waiter) {
        waiting.merge(orderId, List.of(waiter), (present, added) -> {
            var all = new ArrayList<>(present);
            all.addAll(added);
            return List.copyOf(all);
        });
    }

    private void remove(UUID orderId, Waiter waiter) {
        waiting.computeIfPresent(orderId, (id, present) -> {
            var rest = present.stream().filter(other -> other != waiter).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    private record Waiter(Set<OrderStatus> wanted, CountDownLatch woken) {

        boolean isDone(OrderStatus status) {
            return wanted.contains(status) || Collections.disjoint(wanted, OrderLifecycle.reachableFrom(status));
        }
    }
}
