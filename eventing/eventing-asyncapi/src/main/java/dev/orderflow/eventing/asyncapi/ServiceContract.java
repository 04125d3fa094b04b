package dev.orderflow.eventing.asyncapi;

import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that an application exchanges with others.
 *
 * @param service   the application, as in {@code ce_source}
 * @param published events that it may publish
 * @param consumed  events that it handles
 * @param retries   topics of its consumer group; null if it only publishes
 * @param named     whether each published event names the schema of its data
 */
record ServiceContract(
        String service,
        String version,
        List<EventDescriptor> published,
        List<EventDescriptor> consumed,
        @Nullable RetryTopics retries,
        boolean named) {}
