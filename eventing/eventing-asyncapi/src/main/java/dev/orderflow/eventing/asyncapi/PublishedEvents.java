package dev.orderflow.eventing.asyncapi;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The events that an application may publish: those of the topics that it owns. Where a topic has no owner, any application
 * may publish, so its events count for each application in whose packages they are.
 * <p>
 * Annotations are read rather than calls of {@code publish}: a document that depends on what has happened so far would differ
 * from instance to instance.
 */
final class PublishedEvents {

    private PublishedEvents() {}

    /** @param source the application, as in {@code ce_source} */
    static List<EventDescriptor> in(Collection<String> packages, String source) {
        return of(records(packages), source);
    }

    /** @throws InvalidConfigurationPropertyValueException if the packages contain no event at all */
    static List<EventDescriptor> inConfigured(Collection<String> packages, String source) {
        var records = records(packages);
        if (records.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    AsyncApiProperties.PACKAGES,
                    packages,
                    "These packages contain no record with @EventType: name those of the events that this application"
                            + " publishes.");
        }
        return of(records, source);
    }

    private static List<EventDescriptor> of(List<EventDescriptor> records, String source) {
        return records.stream()
                .filter(event -> event.owner() == null || event.owner().equals(source))
                .toList();
    }

    private static List<EventDescriptor> records(Collection<String> packages) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(EventType.class));
        return packages.stream()
                .flatMap(name -> scanner.findCandidateComponents(name).stream())
                .map(BeanDefinition::getBeanClassName)
                .filter(Objects::nonNull)
                .distinct()
                .map(name -> EventDescriptor.of(eventClass(name)))
                .sorted(Comparator.comparing(EventDescriptor::type))
                .toList();
    }

    private static Class<? extends DomainEvent> eventClass(String name) {
        return ClassUtils.resolveClassName(name, ClassUtils.getDefaultClassLoader())
                .asSubclass(DomainEvent.class);
    }
}
