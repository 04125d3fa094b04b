package dev.orderflow.system;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs an action many times concurrently. */
final class AtOnce {

    private AtOnce() {}

    /** Returns the results of {@code number} concurrent calls. */
    static <T> List<T> times(int number, Supplier<T> action) {
        return times(number, number, action);
    }

    /** Returns the results of {@code number} calls, of which at most {@code most} run concurrently. */
    static <T> List<T> times(int number, int most, Supplier<T> action) {
        return all(most, Stream.generate(() -> action).limit(number).toList());
    }

    /** Runs the action for all elements and returns when the last one is done. */
    static <T> void forEach(List<T> all, Consumer<T> action) {
        all(
                all.size(),
                all.stream()
                        .<Supplier<T>>map(one -> () -> {
                            action.accept(one);
                            return one;
                        })
                        .toList());
    }

    private static <T> List<T> all(int most, List<Supplier<T>> actions) {
        try (var threads = Executors.newFixedThreadPool(most, Thread.ofVirtual().factory())) {
            var all = actions.stream()
                    .map(action -> CompletableFuture.supplyAsync(action, threads))
                    .toList();
            return all.stream().map(CompletableFuture::join).toList();
        }
    }
}
