package dev.orderflow.eventing.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/** Runs this instance's members of the consumer group, each on a thread of its own, from start to stop of the application. */
public class ConsumerGroup implements SmartLifecycle {

    private static final Duration LONGEST_BATCH = Duration.ofSeconds(20);

    private final Supplier<Map<String, GroupMember>> members;
    private final List<Running> running = new ArrayList<>();

    private record Running(GroupMember consumer, Thread thread) {}

    /** @param members makes them, each with the name of its thread */
    public ConsumerGroup(Supplier<Map<String, GroupMember>> members) {
        this.members = members;
    }

    @Override
    public synchronized void start() {
        members.get()
                .forEach((name, member) -> running.add(
                        new Running(member, Thread.ofPlatform().name(name).start(member))));
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
