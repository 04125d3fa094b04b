package dev.orderflow.eventing.bus;

import dev.orderflow.eventing.bus.FailureHandler.Kind;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Calls of a subscription's listener in one lane, for the events that the subscriber asks for. */
final class Delivery<E> {

    private final Subscription subscription;
    private final Subscriber<E> subscriber;
    private final BatchListener<E> listener;
    private final LongSupplier millis;
    private final ListenerCall call;
    private final Batch<E> batch;

    /** @param most events of one call */
    Delivery(
            Subscription subscription,
            Subscriber<E> subscriber,
            BatchListener<E> listener,
            int most,
            LongSupplier millis) {
        this.subscription = subscription;
        this.subscriber = subscriber;
        this.listener = listener;
        this.millis = millis;
        this.call = new ListenerCall(subscriber.timeout.toNanos());
        this.batch = new Batch<>(most);
    }

    int most() {
        return batch.events.length;
    }

    void deliver(BusEvent<?>[] events, int from, int number) {
        batch.size = 0;
        call.begin();
        Throwable failure = null;
        try {
            for (var i = from; i < from + number; i++) {
                @SuppressWarnings("unchecked") // The class is checked before the value is used.
                var event = (BusEvent<E>) events[i];
                if (isAccepted(event)) {
                    batch.events[batch.size++] = event;
                }
            }
            if (batch.size > 0) {
                listener.onEvents(batch);
            }
        } catch (Throwable e) {
            // Errors, too: the thread must go on with the next event.
            failure = e;
        }
        var late = call.end();
        if (late || failure != null) {
            fail(late ? Kind.TIMED_OUT : Kind.FAILED, failure);
        } else if (batch.size > 0) {
            subscription.handled(batch.size);
        }
    }

    private boolean isAccepted(BusEvent<E> event) {
        if (subscriber.type != Object.class && !subscriber.type.isInstance(event.value)) {
            return false;
        }
        if (subscriber.filter != null && !isMatching(event)) {
            return false;
        }
        if (event.deadline != 0 && event.deadline < millis.getAsLong()) {
            subscription.expired(event);
            return false;
        }
        return true;
    }

    private boolean isMatching(BusEvent<E> event) {
        try {
            return Objects.requireNonNull(subscriber.filter).test(event);
        } catch (RuntimeException e) {
            subscription.failed(Kind.FAILED, event, e);
            return false;
        }
    }

    private void fail(Kind kind, @Nullable Throwable failure) {
        for (var i = 0; i < batch.size; i++) {
            subscription.failed(kind, batch.events[i], failure);
        }
    }

    boolean look(long now) {
        return call.look(now);
    }

    /** View of the events of a call, which is used again for the next call. */
    private static final class Batch<E> extends AbstractList<BusEvent<E>> implements RandomAccess {

        private final BusEvent<E>[] events;
        private int size;

        @SuppressWarnings("unchecked") // Arrays of generic types cannot be made in another way.
        private Batch(int most) {
            events = (BusEvent<E>[]) new BusEvent<?>[most];
        }

        @Override
        public BusEvent<E> get(int index) {
            return events[Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** Makes a listener of single events one of batches, which always have one event. */
    static <E> BatchListener<E> single(Listener<E> listener) {
        return (List<BusEvent<E>> events) -> listener.onEvent(events.get(0));
    }
}
