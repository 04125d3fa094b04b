package dev.orderflow.demo.client.replay;

import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Applies an action to many elements with bounded concurrency and shows the progress. */
final class Crowd {

    private final int concurrency;

    Crowd(int concurrency) {
        this.concurrency = concurrency;
    }

    /** Returns when {@code action} has been applied to all elements. It must not throw; it handles its own failures. */
    <T> void forEach(String task, Collection<T> all, Consumer<T> action) {
        var permits = new Semaphore(concurrency);
        try (var bar = new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(all.size())
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(500)
                        .showSpeed()
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : all) {
                permits.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        action.accept(one);
                    } finally {
                        bar.step();
                        permits.release();
                    }
                });
            }
        }
    }
}
