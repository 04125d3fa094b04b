package dev.orderflow.eventing.asyncapi;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration of the AsyncAPI document.
 *
 * @param publishes class names of the events that this application publishes: records, or sealed interfaces to name all events
 *                  that they permit. Handled events are known without configuration
 */
@ConfigurationProperties("eventing.asyncapi")
record AsyncApiProperties(@DefaultValue List<Class<?>> publishes) {

    private static final String PUBLISHES = "eventing.asyncapi.publishes";

    /**
     * Returns the published events, sorted by type.
     *
     * @param service the application, as in {@code ce_source}
     * @throws InvalidConfigurationPropertyValueException if a class is not an event, or not one of this application
     */
    List<EventDescriptor> publishedBy(String service) {
        var events = publishes.stream()
                .flatMap(declared -> events(declared).stream())
                .distinct()
                .sorted(Comparator.comparing(EventDescriptor::type))
                .toList();
        events.forEach(event -> requireOwner(event, service));
        return events;
    }

    private List<EventDescriptor> events(Class<?> declared) {
        if (!DomainEvent.class.isAssignableFrom(declared)) {
            throw invalid(declared.getName() + " is no event: name records or sealed interfaces that are.");
        }
        try {
            return EventDescriptor.allOf(declared.asSubclass(DomainEvent.class));
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private void requireOwner(EventDescriptor event, String service) {
        if (event.owner() != null && !event.owner().equals(service)) {
            throw invalid(event.topic() + " belongs to " + event.owner() + ", so " + service + " cannot publish "
                    + event.type() + ": leave it out.");
        }
    }

    private InvalidConfigurationPropertyValueException invalid(String reason) {
        return new InvalidConfigurationPropertyValueException(PUBLISHES, publishes, reason);
    }
}
