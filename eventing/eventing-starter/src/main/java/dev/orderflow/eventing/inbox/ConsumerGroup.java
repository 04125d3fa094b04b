package dev.orderflow.eventing.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/** Runs this instance's members of the consumer group, each on a thread of its own, from start to stop of the application. */
public class ConsumerGroup implements SmartLifecycle {

    private static final Duration LONGEST_BATCH = Duration.ofSeconds(20);

    private final Supplier<BatchConsumer> members;
    private final int concurrency;
    private final List<Running> running = new ArrayList<>();

    private record Running(BatchConsumer consumer, Thread thread) {}

    public ConsumerGroup(Supplier<BatchConsumer> members, int concurrency) {
        this.members = members;
        this.concurrency = concurrency;
    }

    @Override
    public synchronized void start() {
        for (var number = 0; number < concurrency; number++) {
            var consumer = members.get();
            running.add(new Running(
                    consumer, Thread.ofPlatform().name("inbox-" + number).start(consumer)));
        }
    }

    @Override
    public synchronized void stop() {
        running.forEach(member -> member.consumer().stop());
        for (var member : running) {
            try {
                if (!member.thread().join(LONGEST_BATCH)) {
                    member.thread().interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }
}
