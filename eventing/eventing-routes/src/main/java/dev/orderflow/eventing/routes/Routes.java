package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.inbox.handler.UnreadEvent;
import dev.orderflow.eventing.inbox.handler.UnreadEvent.Source;
import dev.orderflow.eventing.routes.RouteCounts.Outcome;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The application's routes. They also make its consumer group consume types that have no handler. Immutable. */
public final class Routes implements UnreadEvent.Sources {

    private final List<Route> all;
    private final Map<String, List<Route>> byType;

    /** @throws InvalidRouteException when a name is repeated, or routes lead in a circle */
    Routes(List<Route> all) {
        this.all = List.copyOf(all);
        var names = new HashSet<String>();
        for (var route : all) {
            if (!names.add(route.name())) {
                throw new InvalidRouteException(route.name(), "is declared twice", "Give each route its own name");
            }
            requireEnd(route);
        }
        this.byType =
                all.stream().collect(Collectors.groupingBy(route -> route.from().type()));
    }

    /**
     * A route and its counters since the start of this instance.
     *
     * @param when      condition; null if all events match
     * @param to        topic
     * @param type      type of the published events
     * @param skipped   events that did not meet the condition
     * @param published events that met the condition, were published and committed
     * @param failed    attempts that failed
     */
    public record Status(
            String name,
            From from,
            @Nullable String when,
            String to,
            String type,
            long skipped,
            long published,
            long failed) {}

    /** Topic and type of the routed events. */
    public record From(String topic, String type) {}

    public List<Status> status() {
        return all.stream().map(Routes::statusOf).toList();
    }

    /** Takes part in the registry only, as the handler of types without another one. {@link RouteStep} routes all events. */
    @EventHandler
    void route(UnreadEvent event) {}

    @Override
    public Collection<Source> sources() {
        return all.stream().map(Route::from).toList();
    }

    List<Route> all() {
        return all;
    }

    /** Returns the routes of events in a version. */
    List<Route> of(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** @throws InvalidRouteException when a route's events reach the route again */
    private void requireEnd(Route begin) {
        var reached = new LinkedHashSet<Route>();
        var open = new ArrayDeque<>(List.of(begin));
        while (!open.isEmpty()) {
            var route = open.pop();
            for (var next : all) {
                if (route.leadsTo(next) && reached.add(next)) {
                    open.add(next);
                }
            }
        }
        if (reached.contains(begin)) {
            throw new InvalidRouteException(
                    begin.name(),
                    "leads in a circle, through "
                            + reached.stream().map(Route::name).toList(),
                    "Publish under another type or on another topic");
        }
    }

    private static Status statusOf(Route route) {
        return new Status(
                route.name(),
                new From(route.from().topic(), route.from().type()),
                route.when(),
                route.to(),
                route.type(),
                route.counts().of(Outcome.SKIPPED),
                route.counts().of(Outcome.PUBLISHED),
                route.counts().of(Outcome.FAILED));
    }
}
