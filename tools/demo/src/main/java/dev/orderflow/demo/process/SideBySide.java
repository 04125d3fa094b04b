package dev.orderflow.demo.process;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs an action on several elements concurrently. */
final class SideBySide {

    private SideBySide() {}

    /**
     * Returns when all have ended, and throws the first failure with the others suppressed.
     *
     * @param onFailure called after each failure. It may make the others fail too: the original failure is recorded by
     * then, and the later ones explain nothing
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
