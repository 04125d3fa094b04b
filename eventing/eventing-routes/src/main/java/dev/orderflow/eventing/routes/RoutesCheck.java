package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.inbox.handler.UnreadEvent;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Compares the routes with the application's handlers and with the broker's topics, and fails the start when they do not fit. While
 * no broker answers, topics stay unchecked: an outage must not keep an application from starting.
 */
class RoutesCheck implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesCheck.class);

    private final Routes routes;
    private final Supplier<HandlerRegistry> handlers;
    private final TopicCreator topics;
    private final Set<String> newTopics;
    private final String source;

    /** @param source of the published events */
    RoutesCheck(
            Routes routes,
            Supplier<HandlerRegistry> handlers,
            TopicCreator topics,
            Set<String> newTopics,
            String source) {
        this.routes = routes;
        this.handlers = handlers;
        this.topics = topics;
        this.newTopics = newTopics;
        this.source = source;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (routes.all().isEmpty()) {
            return;
        }
        var registry = handlers.get();
        routes.all().forEach(route -> check(route, registry));
        checkTopics(registry);
    }

    private void check(Route route, HandlerRegistry registry) {
        var handled = registry.find(route.from().type());
        if (handled == null || !handled.event().type().equals(route.from().type())) {
            throw new InvalidRouteException(
                    route.name(),
                    "routes " + route.from().type() + ", which is converted to a newer version before it is handled",
                    "Route the newest version that this application handles; it includes older ones");
        }
        var published = registry.find(route.type());
        if (published != null
                && published.event().owner() != null
                && !published.event().topic().equals(route.to())) {
            throw new InvalidRouteException(
                    route.name(),
                    "publishes " + route.type() + " on " + route.to() + ", but it belongs to "
                            + published.event().topic(),
                    "Publish it there, or under another type");
        }
        var owners = events(registry)
                .filter(event -> event.topic().equals(route.to()))
                .map(EventDescriptor::owner)
                .filter(owner -> owner != null && !owner.equals(source))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!owners.isEmpty()) {
            throw new InvalidRouteException(
                    route.name(),
                    "publishes on " + route.to() + ", which belongs to " + owners.first() + ", not to " + source,
                    "Publish on a topic of " + source + ", or let " + owners.first() + " have this route");
        }
    }

    private void checkTopics(HandlerRegistry registry) {
        var unknown = new TreeSet<String>();
        routes.all().forEach(route -> {
            unknown.add(route.from().topic());
            unknown.add(route.to());
        });
        unknown.removeAll(newTopics);
        unknown.removeAll(events(registry)
                .filter(event -> event.eventClass() != UnreadEvent.class)
                .map(EventDescriptor::topic)
                .toList());
        if (!unknown.isEmpty()) {
            missing(unknown).stream().sorted().findFirst().ifPresent(this::refuse);
        }
    }

    private Collection<String> missing(Set<String> wanted) {
        if (!topics.brokerAnswers()) {
            LOG.warn("routes=unchecked topics={} reason=\"no broker answers\"", wanted);
            return Set.of();
        }
        try {
            return topics.missing(wanted);
        } catch (KafkaException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                throw new InvalidRouteException(
                        routes.all().getFirst().name() + ", or another one,",
                        "has a topic among " + wanted + " that this application may not see: " + refused.getMessage(),
                        "Let the broker's access control lists permit it to describe these topics");
            }
            LOG.warn("routes=unchecked topics={} reason=\"{}\"", wanted, e.toString());
            return Set.of();
        }
    }

    private void refuse(String topic) {
        var route = routes.all().stream()
                .filter(each -> each.to().equals(topic) || each.from().topic().equals(topic))
                .findFirst()
                .orElseThrow();
        throw new InvalidRouteException(
                route.name(),
                "names the topic " + topic + ", which the broker does not have",
                "Correct the name, create the topic, or add it to eventing.new-topics if its first event creates it");
    }

    private static Stream<EventDescriptor> events(HandlerRegistry registry) {
        return registry.types().stream()
                .map(registry::find)
                .filter(Objects::nonNull)
                .map(HandlerRegistry.Entry::event);
    }
}
