package dev.orderflow.demo.process;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does the same with several things at a time. */
final class SideBySide {

    private SideBySide() {}

    /**
     * Returns when all have ended, and throws what failed first; the rest is suppressed in it.
     *
     * @param onFailure called after each failure. It may make the others fail too: what failed before is noted by then, and
     *     the others explain nothing
     */
    static <T> void run(List<T> things, Consumer<T> action, Runnable onFailure) {
        var failures = new ConcurrentLinkedQueue<RuntimeException>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var thing : things) {
                threads.execute(() -> {
                    try {
                        action.accept(thing);
                    } catch (RuntimeException e) {
                        failures.add(e);
                        onFailure.run();
                    }
                });
            }
        }
        var first = failures.poll();
        if (first != null) {
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
