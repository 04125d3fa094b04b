package dev.orderflow.eventing.bus;

import dev.orderflow.eventing.EventPriority;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ring of each priority, for a share of the keys, and the threads that read them. */
final class Lane {

    final int number;
    final Sleepers sleepers = new Sleepers();

    /** Rings by {@link EventPriority#ordinal()}. */
    private final Ring[] rings;

    Lane(int number, BusSettings settings) {
        this.number = number;
        this.rings = Arrays.stream(EventPriority.values())
                .map(priority -> new Ring(settings.slots(), settings.payloadBytes()))
                .toArray(Ring[]::new);
    }

    Ring ring(EventPriority priority) {
        return rings[priority.ordinal()];
    }

    List<Ring> rings() {
        return List.of(rings);
    }

    void belongsTo(Lane @Nullable [] current) {
        for (var ring : rings) {
            ring.belongsTo(current);
        }
    }

    void lock() {
        for (var ring : rings) {
            ring.lock.lock();
        }
    }

    void unlock() {
        for (var ring : rings) {
            ring.lock.unlock();
        }
    }
}
