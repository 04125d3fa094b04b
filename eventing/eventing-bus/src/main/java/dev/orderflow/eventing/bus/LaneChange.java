package dev.orderflow.eventing.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Change of the number of lanes.
 * <p>
 * {@link Hashing} moves keys only to added lanes, or away from removed ones. So the readers of added lanes wait for those of all earlier
 * lanes, and the readers of remaining lanes wait for those of removed ones: see {@link Fence}. Removed lanes end when their events are
 * handled. A second change must wait until no fence is pending, because a reader has one at most.
 */
final class LaneChange {

    private final Lane[] before;
    private final Lane[] after;

    LaneChange(Lane[] before, int number, BusSettings settings) {
        this.before = before;
        this.after = lanes(before, number, settings);
    }

    /** Returns so many lanes, with as many existing ones as possible. */
    static Lane[] lanes(Lane[] existing, int number, BusSettings settings) {
        var lanes = Arrays.copyOf(existing, number);
        for (var i = existing.length; i < number; i++) {
            lanes[i] = new Lane(i, settings);
        }
        return lanes;
    }

    /** Returns whether an earlier change has ended for these subscriptions. */
    static boolean isSettled(List<Subscription> subscriptions, Lane[] lanes) {
        var current = Set.of(lanes);
        return subscriptions.stream()
                .flatMap(subscription -> subscription.processors().stream())
                .allMatch(processor -> current.contains(processor.lane) && !processor.isFenced());
    }

    Lane[] lanes() {
        return after;
    }

    /**
     * Moves the keys while no publisher is at work.
     *
     * @param publication shows the lanes to publishers
     * @return the work in added lanes, which must be started
     */
    List<Processor> apply(List<Subscription> subscriptions, Runnable publication) {
        var added = new ArrayList<Processor>();
        whileLocked(before, () -> {
            for (var subscription : subscriptions) {
                if (after.length > before.length) {
                    added.addAll(grow(subscription));
                } else {
                    shrink(subscription);
                }
            }
            for (var lane : before) {
                lane.belongsTo(null);
            }
            for (var lane : after) {
                lane.belongsTo(after);
            }
            publication.run();
        });
        return added;
    }

    private List<Processor> grow(Subscription subscription) {
        var earlier = List.copyOf(subscription.processors());
        var added = Arrays.stream(after, before.length, after.length)
                .map(subscription::join)
                .toList();
        added.forEach(processor -> processor.fence(earlier));
        return added;
    }

    private void shrink(Subscription subscription) {
        var remaining = Set.of(after);
        var removed = subscription.processors().stream()
                .filter(processor -> !remaining.contains(processor.lane))
                .toList();
        subscription.processors().stream()
                .filter(processor -> remaining.contains(processor.lane))
                .forEach(processor -> processor.fence(removed));
        removed.forEach(Processor::drain);
    }

    static void whileLocked(Lane[] lanes, Runnable action) {
        for (var lane : lanes) {
            lane.lock();
        }
        try {
            action.run();
        } finally {
            for (var lane : lanes) {
                lane.unlock();
            }
        }
    }
}
