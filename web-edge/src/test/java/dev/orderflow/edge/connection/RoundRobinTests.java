package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundRobinTests {

    private final RoundRobin<String, Integer> queue = new RoundRobin<>();

    @Test
    void keysTakeTurns() {
        add("a", 1, 2, 3);
        add("b", 4);
        add("c", 5, 6);

        assertThat(drain()).containsExactly(1, 4, 5, 2, 6, 3);
        assertThat(queue.size()).isZero();
    }

    @Test
    void aKeyThatReturnsIsLast() {
        add("a", 1);
        add("b", 2, 3);
        assertThat(queue.next()).isEqualTo(1);

        add("a", 4);

        assertThat(drain()).containsExactly(2, 4, 3);
    }

    @Test
    void aRemovedElementLeavesTheTurnsOfOthers() {
        add("a", 1, 2);
        add("b", 3);

        queue.remove("a", 1);
        queue.remove("b", 9);
        queue.remove("c", 3);

        assertThat(queue.size()).isEqualTo(2);
        assertThat(drain()).containsExactly(2, 3);
        queue.remove("a", 2);
        assertThat(queue.size()).isZero();
    }

    @Test
    void theKeyWithMostGivesUpItsLastUnlessTheOtherWouldHaveAsMany() {
        add("a", 1, 2, 3);
        add("b", 4);
        add("skipped", 5, 6, 7, 8);

        assertThat(queue.lastBeyond("c", key -> !key.equals("skipped"))).contains(Map.entry("a", 3));
        assertThat(queue.lastBeyond("b", key -> !key.equals("skipped"))).contains(Map.entry("a", 3));
        add("b", 9);
        assertThat(queue.lastBeyond("b", key -> !key.equals("skipped"))).isEmpty();
        assertThat(queue.lastBeyond("a", key -> !key.equals("skipped"))).isEmpty();
    }

    /** While an element waits, no other key has more than one turn more than its own. */
    @Test
    void noKeyWaitsForMoreThanOneElementOfEachOther() {
        for (var seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var added = new HashMap<String, List<Integer>>();
            var served = new HashMap<String, List<Integer>>();
            var turnsSince = new HashMap<String, Integer>();
            for (var step = 0; step < 500; step++) {
                var key = "key " + (int) (random.nextDouble() * random.nextDouble() * 9);
                if (random.nextInt(3) > 0) {
                    queue.add(key, step);
                    added.computeIfAbsent(key, each -> new ArrayList<>()).add(step);
                    turnsSince.putIfAbsent(key, 0);
                    continue;
                }
                var next = queue.next();
                if (next == null) {
                    continue;
                }
                var owner = owner(added, next);
                served.computeIfAbsent(owner, each -> new ArrayList<>()).add(next);
                turnsSince.replaceAll((each, turns) -> each.equals(owner) ? 0 : turns + 1);
                turnsSince.keySet().removeIf(each -> size(served, each) == size(added, each));
                assertThat(turnsSince.values())
                        .as("seed %d step %d", seed, step)
                        .allMatch(turns -> turns <= 9);
            }
            Integer next;
            while ((next = queue.next()) != null) {
                served.computeIfAbsent(owner(added, next), each -> new ArrayList<>())
                        .add(next);
            }
            assertThat(served).as("seed %d", seed).isEqualTo(added);
        }
    }

    private static int size(Map<String, List<Integer>> of, String key) {
        return of.getOrDefault(key, List.of()).size();
    }

    private static String owner(Map<String, List<Integer>> added, Integer element) {
        return added.entrySet().stream()
                .filter(each -> each.getValue().contains(element))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private void add(String key, int... elements) {
        for (var element : elements) {
            queue.add(key, element);
        }
    }

    private List<Integer> drain() {
        var all = new ArrayList<Integer>();
        Integer next;
        while ((next = queue.next()) != null) {
            all.add(next);
        }
        return all;
    }
}
