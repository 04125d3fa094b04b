package dev.orderflow.eventing.inbox.handler;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.orderflow.eventing.DomainEvent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An event of a type without a record, whose data is only read as JSON ({@link HandlerCalls.Call#received}). A bean with a handler
 * of this class states the types as its {@link Sources}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UnreadEvent() implements DomainEvent {

    /** The key of the published event is that of its metadata. */
    @Override
    public String key() {
        return "";
    }

    /** States the event types that reach a bean's handler of {@link UnreadEvent}, unless they have another handler. */
    public interface Sources {

        Collection<Source> sources();
    }

    /** @param owner the only source that may publish on the topic; null if any may, or if handled events of the topic say so */
    public record Source(
            String topic, String type, @Nullable String owner) {}
}
