package dev.orderflow.eventing.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventPriority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Bus without threads: a test decides which work is next, so that each schedule can be repeated. */
final class ManualBus {

    static final BusSettings SETTINGS = BusSettings.defaults()
            .withLanes(1)
            .withSlots(8)
            .withPayloadBytes(1_000)
            .withOvertakenAtMost(3)
            .withLongestBlock(Duration.ofNanos(1))
            .withLongestDrain(Duration.ofMinutes(1));

    final List<String> failures = new ArrayList<>();
    final EventBus bus;

    private final List<Processor> work = new ArrayList<>();
    private final Draft draft = new Draft();
    long millis = 1_000;

    ManualBus(BusSettings settings) {
        bus = new EventBus(
                settings.withFailures((subscription, kind, event, failure) ->
                        failures.add(subscription.name() + " " + kind + (event == null ? "" : " " + event.key()))),
                () -> millis,
                work::add);
    }

    /** Publishes, and returns whether there was a free slot. */
    boolean publish(String key, Object value, EventPriority priority) {
        return publish(draft.begin(key, value).priority(priority));
    }

    boolean publish(Draft event) {
        try {
            bus.publish(event);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Size of the work, each item of which is a subscription in a lane. */
    int size() {
        return work.size();
    }

    /** Lets one go on by a call of its listener, or end. Returns false when it had nothing to do. */
    boolean step(int index) {
        var processor = work.get(index);
        if (!processor.isGoing()) {
            work.remove(processor);
            processor.finish();
            return true;
        }
        try {
            return processor.handleNext();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Lets all go on until none has anything to do. */
    void run() {
        var steps = 0;
        for (var moved = true; moved; ) {
            moved = false;
            for (var i = 0; i < work.size(); i++) {
                moved |= step(i);
            }
            assertThat(steps++).as("steps without an end").isLessThan(1_000_000);
        }
    }
}
