package dev.orderflow.order.ordering;

import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.api.v1.StatusChange;
import dev.orderflow.order.grpc.CallContext;
import dev.orderflow.order.grpc.CallFailures;
import dev.orderflow.order.grpc.CallThreads;
import dev.orderflow.order.lifecycle.OrderLifecycle;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.waiting.Cancellation;
import dev.orderflow.order.waiting.OrderWaits;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Sends the changes of orders' statuses to clients that watch them. A watch has a virtual thread and one of the places of
 * {@link OrderWaits}, but no database connection.
 * <p>
 * Each look reads the order's history, so that a change between two looks is not missed, whichever instance made it. The
 * next message waits until the client has received those before: a client that does not read costs a few messages.
 */
@Component
@ConditionalOnProperty(name = "orders.grpc.enabled", matchIfMissing = true)
class OrderWatches {

    /** Longest time for a client to receive a message. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OrderReader reader;
    private final OrderWaits waits;
    private final CallThreads threads;

    OrderWatches(OrderReader reader, OrderWaits waits, CallThreads threads) {
        this.reader = reader;
        this.waits = waits;
        this.threads = threads;
    }

    /** Begins a watch on a thread of its own: the call's thread is needed to hear from the client. */
    void begin(UUID orderId, Ownership owner, ServerCallStreamObserver<StatusChange> changes) {
        var watch = new Watch(orderId, owner, changes, CallContext.current());
        changes.setOnReadyHandler(watch::ready);
        changes.setOnCancelHandler(watch::cancel);
        threads.start(Context.current().wrap(watch));
    }

    /** One watch. */
    private final class Watch implements Runnable {

        private final UUID orderId;
        private final Ownership owner;
        private final ServerCallStreamObserver<StatusChange> changes;
        private final CallContext call;
        private final Semaphore ready = new Semaphore(0);
        private final Cancellation cancellation = new Cancellation();
        private int sent;

        private Watch(UUID orderId, Ownership owner, ServerCallStreamObserver<StatusChange> changes, CallContext call) {
            this.orderId = orderId;
            this.owner = owner;
            this.changes = changes;
            this.call = call;
        }

        @Override
        public void run() {
            try (var _ = call.open()) {
                if (!cancellation.isCancelled() && follow()) {
                    changes.onCompleted();
                } else {
                    fail(Refusal.unavailable("watch_ended", "The order is not settled yet. Watch it again."));
                }
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private boolean follow() {
            return waits.follow(
                    call.client(),
                    owner,
                    orderId,
                    RequestTime.atMost(waits.longestWatch()),
                    cancellation,
                    () -> reader.get(orderId, owner),
                    this::send);
        }

        /**
         * Sends the changes since the last call, at first only the latest one, until the order is paid or cancelled. Returns
         * the statuses to wait for; none after that.
         */
        private Set<OrderStatus> send(OrderView order) {
            var history = order.history();
            if (sent == 0) {
                sent = history.size() - 1;
            }
            for (; sent < history.size(); sent++) {
                awaitReady();
                changes.onNext(OrderMessages.change(history.get(sent)));
                if (history.get(sent).status().isSettled()) {
                    return Set.of();
                }
            }
            return OrderLifecycle.reachableFrom(order.status());
        }

        private void awaitReady() {
            try {
                while (!changes.isReady()) {
                    if (cancellation.isCancelled()) {
                        throw Refusal.unavailable("watch_ended", "The watch was cancelled.");
                    }
                    if (!ready.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                        throw Refusal.unavailable("client_too_slow", "The messages were not received in time.");
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.unavailable("watch_ended", "The watch was interrupted.");
            }
        }

        /** Ends the call with a failure, unless the client has ended it: what fails then is of no interest. */
        private void fail(RuntimeException failure) {
            if (!cancellation.isCancelled()) {
                changes.onError(CallFailures.of(failure, "Watch"));
            }
        }

        private void ready() {
            ready.release();
        }

        /** The client has gone, or its deadline has passed. */
        private void cancel() {
            cancellation.cancel();
            ready.release();
        }
    }
}
