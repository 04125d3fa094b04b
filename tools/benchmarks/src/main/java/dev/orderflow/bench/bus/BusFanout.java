package dev.orderflow.bench.bus;

import dev.orderflow.eventing.bus.BusSettings;
import dev.orderflow.eventing.bus.Draft;
import dev.orderflow.eventing.bus.EventBus;
import dev.orderflow.eventing.bus.Subscriber;
import java.util.List;

/** Bus with one lane, and thus a thread per listener, as the queues have. */
final class BusFanout implements Fanout {

    private static final Object VALUE = new Object();
    private static final byte[] PAYLOAD = new byte[200];

    private final EventBus bus =
            new EventBus(BusSettings.defaults().withLanes(1).withSlots(CAPACITY));
    private final Draft draft = new Draft();

    BusFanout(List<? extends Sink> sinks) {
        for (var i = 0; i < sinks.size(); i++) {
            var sink = sinks.get(i);
            bus.subscribe(
                    Subscriber.of("listener-" + i, Object.class), event -> sink.accept(event.sequence(), event.time()));
        }
    }

    @Override
    public void publish(long number, long time) {
        bus.publish(draft.begin(KEYS[(int) number & KEYS.length - 1], VALUE)
                .type("bench.event.v1")
                .sequence(number)
                .time(time)
                .payload(PAYLOAD));
    }

    @Override
    public void close() {
        bus.close();
    }
}
