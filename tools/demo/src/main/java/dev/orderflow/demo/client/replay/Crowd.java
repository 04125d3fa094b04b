package dev.orderflow.demo.client.replay;

import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Does the same for many things, a bounded number of them at once, and shows how far it has come. */
final class Crowd {

    private final int concurrency;

    Crowd(int concurrency) {
        this.concurrency = concurrency;
    }

    /** Returns when {@code action} has been done for all. It must not throw; what fails is its own business. */
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
