package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.DomainEvent;
import java.util.List;
import java.util.function.Function;

/**
 * Versions in which an event is published while its consumers move from one to the next. Declare a bean for each such event.
 * <p>
 * All versions have one event id. A consumer handles the first that it reads, the oldest, and takes the others for copies. This
 * holds for consumers of any version, side by side in one group, because the oldest is the one that each of them can handle:
 * directly, or through its upcasters. A consumer that began with a newer version would leave the older one to an instance that
 * does not know the newer.
 *
 * @param event    the event that the application publishes
 * @param versions returns the versions of an event, the oldest first; at least one, all of the event's topic and key
 */
public record PublishedVersions<E extends DomainEvent>(
        Class<E> event, Function<E, List<? extends DomainEvent>> versions) {

    List<? extends DomainEvent> of(DomainEvent published) {
        var found = versions.apply(event.cast(published));
        if (found.isEmpty()) {
            throw new IllegalStateException(event.getName() + " is published in no version");
        }
        return found;
    }
}
