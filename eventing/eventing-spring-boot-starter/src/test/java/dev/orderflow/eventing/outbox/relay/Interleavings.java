package dev.orderflow.eventing.outbox.relay;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The possible orders of steps. */
final class Interleavings {

    /** Each run plays one out of this many interleavings, other ones each time; 1 plays all of them. */
    static final int SHARE = Integer.getInteger("interleavings", 25);

    private Interleavings() {}

    /** @param steps one letter per step */
    static Set<String> of(String steps, Predicate<String> possible) {
        return of(steps).stream().filter(possible).collect(Collectors.toSet());
    }

    /** All distinct orders of {@code steps}. */
    static Set<String> of(String steps) {
        if (steps.isEmpty()) {
            return Set.of("");
        }
        var orders = new HashSet<String>();
        for (var index = 0; index < steps.length(); index++) {
            var step = steps.charAt(index);
            if (steps.indexOf(step) == index) {
                of(steps.substring(0, index) + steps.substring(index + 1)).forEach(rest -> orders.add(step + rest));
            }
        }
        return orders;
    }
}
