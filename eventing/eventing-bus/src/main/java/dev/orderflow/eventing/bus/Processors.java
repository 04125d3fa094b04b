package dev.orderflow.eventing.bus;

import java.util.ArrayList;
import java.util.function.LongSupplier;

/** Makes the work of a subscription in each of its lanes. */
final class Processors<E> {

    private final Subscription subscription;
    private final Subscriber<E> subscriber;
    private final int most;
    private final BatchListener<E> listener;
    private final int overtakenAtMost;
    private final LongSupplier millis;

    Processors(
            Subscription subscription,
            Subscriber<E> subscriber,
            int most,
            BatchListener<E> listener,
            BusSettings settings,
            LongSupplier millis) {
        this.subscription = subscription;
        this.subscriber = subscriber;
        this.most = most;
        this.listener = listener;
        this.overtakenAtMost = settings.overtakenAtMost();
        this.millis = millis;
    }

    /** Makes the work in a lane, whose rings do not have its readers yet. */
    Processor in(Lane lane) {
        var readers = new ArrayList<Reader>();
        for (var ring : lane.rings()) {
            readers.add(reader(ring));
        }
        var delivery = new Delivery<>(subscription, subscriber, listener, most, millis);
        return new Processor(subscription, lane, readers, delivery, overtakenAtMost);
    }

    private Reader reader(Ring ring) {
        return switch (subscriber.overflow) {
            case Subscriber.Overflow.Block() -> new SlotReader(ring, subscriber.synchronous);
            case Subscriber.Overflow.DropOldest() ->
                new CopyReader(ring, subscriber.synchronous, most, null, subscription.evicted);
            case Subscriber.Overflow.ToSpill(var queues) ->
                new CopyReader(ring, subscriber.synchronous, most, queues.get(), subscription.evicted);
        };
    }
}
