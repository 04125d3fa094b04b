package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.outbox.JsonPublisher;
import dev.orderflow.eventing.outbox.JsonPublisher.JsonEvent;
import dev.orderflow.eventing.routes.RouteCounts.Outcome;
import dev.orderflow.eventing.routes.Term.UnsuitableValueException;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;

/**
 * Routes an event after its handler, in the inbox transaction. The inbox admits an event once, and the outbox takes the published
 * one with the same commit: it is published exactly once, and events of a key in their order. A failure is a failure of the event.
 */
final class RouteStep implements HandlerCalls.Step {

    private final Routes routes;
    private final Supplier<HandlerRegistry> handlers;
    private final JsonPublisher publisher;

    RouteStep(Routes routes, Supplier<HandlerRegistry> handlers, JsonPublisher publisher) {
        this.routes = routes;
        this.handlers = handlers;
        this.publisher = publisher;
    }

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.ROUTES;
    }

    /** Does nothing around an outbound call, which is outside any transaction; the step is called again around its answer. */
    @Override
    public void around(HandlerCalls.Call call, Runnable next) {
        next.run();
        if (!routes.all().isEmpty() && TransactionSynchronizationManager.isActualTransactionActive()) {
            var handled =
                    Objects.requireNonNull(handlers.get().find(call.metadata().type()));
            route(call, routes.of(handled.event().type()));
        }
    }

    private void route(HandlerCalls.Call call, List<Route> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        var event = Objects.requireNonNull(call.received());
        var facts = new ReceivedFacts(call.metadata(), event);
        for (var route : candidates) {
            try {
                route(call, event, facts, route);
            } catch (UnroutableEventException e) {
                route.counts().add(Outcome.FAILED);
                throw e;
            }
        }
    }

    private void route(HandlerCalls.Call call, ReceivedEvent event, Facts facts, Route route) {
        try {
            if (!route.matches(facts)) {
                CommittedCounts.add(route.counts(), Outcome.SKIPPED);
                return;
            }
            publisher.publish(new JsonEvent(
                    route.to(),
                    route.type(),
                    route.keyIn(facts, call.metadata().subject()),
                    PassedOn.of(event.headers()),
                    Objects.requireNonNull(event.data())));
            CommittedCounts.add(route.counts(), Outcome.PUBLISHED);
        } catch (UnsuitableValueException | IllegalArgumentException | JacksonException e) {
            throw new UnroutableEventException("the route " + route.name() + " failed: " + e.getMessage(), e);
        }
    }
}
