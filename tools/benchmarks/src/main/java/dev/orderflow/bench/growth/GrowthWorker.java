package dev.orderflow.bench.growth;

import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.bench.publishing.WriterLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Instance of a publishing service, in a child JVM of {@code ./bench growth}:
 * <ul>
 * <li>{@code start}, {@code stop}: its relay;
 * <li>{@code share N}: waits until N relays have their fair shares;
 * <li>{@code acknowledged}: number of its events that the broker has acknowledged;
 * <li>{@code write SECONDS THREADS}: starts writers at full speed; does not wait for their end.
 * </ul>
 */
final class GrowthWorker {

    private final PublishingService service;

    private GrowthWorker(PublishingService service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws IOException {
        ChildJvm.serve(arguments, properties -> {
            var worker = new GrowthWorker(PublishingService.start(properties));
            return question -> worker.answer(question.split(" "));
        });
    }

    private Object answer(String[] words) {
        switch (words[0]) {
            case "start" -> service.startRelay();
            case "stop" -> service.stopRelay();
            case "share" -> service.awaitShared(Integer.parseInt(words[1]));
            case "acknowledged" -> {
                return service.acknowledged();
            }
            case "write" -> write(Long.parseLong(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "done";
    }

    private void write(long seconds, int threads) {
        var load = new WriterLoad(service, threads, System.nanoTime() >>> 20);
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        CompletableFuture.runAsync(() -> load.writeUntil(end));
    }
}
