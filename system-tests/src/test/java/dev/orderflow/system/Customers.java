package dev.orderflow.system;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many who do something at the same time. */
final class Customers {

    private Customers() {}

    /** What each of {@code number} customers got, who all began together and were counted from 0. */
    static <T> List<T> atOnce(int number, IntFunction<T> action) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, number)
                    .mapToObj(index -> CompletableFuture.supplyAsync(() -> action.apply(index), threads))
                    .toList();
            return all.stream().map(CompletableFuture::join).toList();
        }
    }
}
