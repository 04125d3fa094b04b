package dev.orderflow.bench.retries;

import dev.orderflow.bench.retries.CounterEvent.Advanced;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Events of a round, and which of them fail.
 *
 * @param events in the order in which they are published
 * @param passing events that fail once
 * @param lasting events that fail until the cause is repaired
 * @param unaffected events that neither fail nor come after a failing one of their counter
 */
record Workload(List<Advanced> events, Set<Advanced> passing, Set<Advanced> lasting, Set<Advanced> unaffected) {

    private static final int EVENTS_PER_COUNTER = 5;

    /**
     * Creates a workload on counters whose names begin with {@code prefix}; events, failures and order are the same for
     * the same {@code seed}. At most one event of a counter fails.
     */
    static Workload create(String prefix, long seed, int size, double passing, double lasting) {
        var random = new Random(seed);
        var events = events(prefix, size, random);
        var candidates = onePerCounter(events, random);
        var failingOnce = count(size, passing);
        var failingAlways = count(size, lasting);
        var once = Set.copyOf(candidates.subList(0, failingOnce));
        var always = Set.copyOf(candidates.subList(failingOnce, failingOnce + failingAlways));
        return new Workload(events, once, always, unaffected(events, once, always));
    }

    /** Returns the number of events behind a lasting failure of their counter, without that event itself. */
    long behindLasting() {
        return events.stream()
                .filter(event -> lasting.stream()
                        .anyMatch(failed -> failed.counter().equals(event.counter()) && failed.value() < event.value()))
                .count();
    }

    private static List<Advanced> events(String prefix, int size, Random random) {
        var counters = new ArrayList<String>();
        for (var number = 0; number < size; number++) {
            counters.add(prefix + number / EVENTS_PER_COUNTER);
        }
        Collections.shuffle(counters, random);
        var values = new HashMap<String, Integer>();
        return counters.stream()
                .map(counter -> new Advanced(counter, values.merge(counter, 1, Integer::sum)))
                .toList();
    }

    private static List<Advanced> onePerCounter(List<Advanced> events, Random random) {
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        var counters = new HashSet<String>();
        return shuffled.stream().filter(event -> counters.add(event.counter())).toList();
    }

    /** Returns a share of the size; at least one, if the share is not 0. */
    private static int count(int size, double share) {
        return share == 0 ? 0 : Math.max(1, (int) Math.round(size * share));
    }

    private static Set<Advanced> unaffected(List<Advanced> events, Set<Advanced> passing, Set<Advanced> lasting) {
        var firstFailing = new HashMap<String, Integer>();
        passing.forEach(event -> firstFailing.put(event.counter(), event.value()));
        lasting.forEach(event -> firstFailing.put(event.counter(), event.value()));
        var unaffected = new HashSet<Advanced>();
        for (var event : events) {
            if (event.value() < firstFailing.getOrDefault(event.counter(), Integer.MAX_VALUE)) {
                unaffected.add(event);
            }
        }
        return Set.copyOf(unaffected);
    }

    /** Returns each counter's values in the order of publishing. */
    Map<String, List<Integer>> published() {
        return valuesByCounter(events);
    }

    static Map<String, List<Integer>> valuesByCounter(List<Advanced> events) {
        var values = new HashMap<String, List<Integer>>();
        events.forEach(event -> values.computeIfAbsent(event.counter(), counter -> new ArrayList<>())
                .add(event.value()));
        return values;
    }
}
