package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.PublicationTime;
import java.util.List;

/**
 * An event to be published later.
 *
 * @param family   type without its version; by family and key it can be cancelled
 * @param versions at least one, all with the same id and time
 */
record ScheduledEvent(PublicationTime time, String family, String key, List<NewOutboxRow> versions) {

    int bytes() {
        return versions.stream()
                .mapToInt(row -> row.headers().length + (row.payload() == null ? 0 : row.payload().length))
                .sum();
    }
}
