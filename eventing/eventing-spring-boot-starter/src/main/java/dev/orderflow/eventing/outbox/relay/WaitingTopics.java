package dev.orderflow.eventing.outbox.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The topics that do not accept events, with the cause and the time of the next attempt. The pause doubles with each failure. Not
 * thread-safe.
 */
final class WaitingTopics {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Map<String, Wait> waits = new HashMap<>();

    WaitingTopics(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Wait(String cause, boolean forGood, Duration pause, long due) {}

    /** Records a failed attempt. */
    void add(String topic, String cause, boolean forGood) {
        var before = waits.get(topic);
        var doubled = before == null || before.pause().isZero()
                ? SHORTEST_PAUSE
                : before.pause().multipliedBy(2);
        var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        waits.put(topic, new Wait(cause, forGood, pause, nanoTime.getAsLong() + pause.toNanos()));
    }

    /** Replaces all topics by the waiting topics that another relay has stored. Each of them is tried again immediately. */
    void load(Collection<String> topics) {
        waits.clear();
        topics.forEach(topic -> waits.put(
                topic, new Wait("the topic could not take events", false, Duration.ZERO, nanoTime.getAsLong())));
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    int count() {
        return waits.size();
    }

    boolean contains(String topic) {
        return waits.containsKey(topic);
    }

    /** Returns whether only an operator can decide on another attempt. */
    boolean isForGood(String topic) {
        return waits.get(topic).forGood();
    }

    String cause(String topic) {
        return waits.get(topic).cause();
    }

    /** The topics whose next attempt is due. */
    List<String> due() {
        return select(wait -> !wait.forGood() && wait.due() - nanoTime.getAsLong() <= 0);
    }

    /** The topics whose next attempt is later. */
    List<String> blocked() {
        return select(wait -> !wait.forGood() && wait.due() - nanoTime.getAsLong() > 0);
    }

    /** Removes topics that no longer have waiting events. */
    void forget(Collection<String> topics) {
        waits.keySet().removeAll(topics);
    }

    private List<String> select(Predicate<Wait> condition) {
        return waits.entrySet().stream()
                .filter(each -> condition.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
