package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/** Runs this instance's members of the consumer group, each on its own thread, while the application runs. */
class ConsumerGroup implements SmartLifecycle, Looping {

    private static final Duration LONGEST_BATCH = Duration.ofSeconds(20);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Supplier<Map<String, GroupMember>> members;
    private volatile List<Loop> loops = List.of();

    /** @param members creates the members, by thread name */
    ConsumerGroup(Supplier<Map<String, GroupMember>> members) {
        this.members = members;
    }

    @Override
    public synchronized void start() {
        var started = new ArrayList<Loop>();
        members.get().forEach((name, member) -> {
            var loop = Loop.onPlatformThread(name);
            loop.start(member);
            started.add(loop);
        });
        loops = List.copyOf(started);
    }

    @Override
    public synchronized void stop() {
        Loop.endAll(loops, LONGEST_BATCH, LONGEST_CLOSE);
        loops = List.of();
    }

    @Override
    public boolean isRunning() {
        return !loops.isEmpty();
    }

    @Override
    public Collection<Loop> loops() {
        return loops;
    }
}
