package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers for one member of the consumer group, each within the time limit and through the {@link HandlerChain}.
 * <p>
 * Handlers that call out are called concurrently before the transaction ({@link #callAll}). All other handlers run inside the
 * transaction, as does the work that outbound calls returned ({@link #run}). Not thread-safe.
 */
public final class HandlerCalls {

    /** The answer in place of an outbound call that was not made, because the event has expired. */
    static final AfterCall EXPIRED = () -> {};

    private final HandlerRegistry handlers;
    private final HandlerChain chain;
    private final HandlingWatch watch;
    private final WatchedStep step;
    private final CallOuts callOuts;
    private final BooleanSupplier guards;

    /** @param guards returns whether any guard of the handlers is open */
    HandlerCalls(
            HandlerRegistry handlers,
            HandlerChain chain,
            HandlingWatch watch,
            CallOuts callOuts,
            BooleanSupplier guards) {
        this.handlers = handlers;
        this.chain = chain;
        this.watch = watch;
        this.step = watch.step();
        this.callOuts = callOuts;
        this.guards = guards;
    }

    /**
     * One concern around a handler. Must call {@code next} exactly once and must not catch its exceptions. Only {@link Deadline}
     * leaves the call out, which consumes the event as expired.
     */
    @FunctionalInterface
    public interface Step {

        void around(Call call, Runnable next);

        /** Returns the step's place in the chain. Steps of one place are ordered as beans, by {@code @Order}. */
        default Place place() {
            return Place.APPLICATION;
        }

        /** Returns whether the step also surrounds the work that an outbound call returned, after it has surrounded the call. */
        default boolean surroundsAnswers() {
            return true;
        }
    }

    /**
     * Places of the steps around a handler, from the outermost to the innermost: the one order, of all modules. Before the chain, the
     * rate limit decides whether an event is read now, and decoding applies schemas and upcasters.
     */
    public enum Place {
        /** Log context of the event, its trace and its tenant. */
        LOG,
        /** Flow, tenant, trace context, priority and deadline, which published events inherit. */
        FLOW,
        /** Leaves out events whose deadline has passed. */
        DEADLINE,
        /** Constraints of the event's record, beside its schema. */
        CONSTRAINTS,
        /** Span of the attempt. */
        SPAN,
        /** Duration of the handler. */
        METRICS,
        /** Steps of the application, which are beans. */
        APPLICATION,
        /** Injected failures, in place of those of the handler. */
        FAULTS,
        /** Routes, which publish after the handler. */
        ROUTES
    }

    /** A handler that is about to be called with an event. */
    public interface Call {

        /** The event's id. */
        UUID id();

        EventMetadata metadata();

        DomainEvent event();

        HandlerMethod handler();

        /** The attributes as published, and the data in the version that is handled; null in a test without a record. */
        default @Nullable ReceivedEvent received() {
            return null;
        }

        /** The handler's class and method, as in {@code StockEventHandlers.reserve}. */
        default String handlerName() {
            return handler().toString();
        }
    }

    /** Creates the calls of each member. */
    @FunctionalInterface
    public interface Factory {

        HandlerCalls create();
    }

    /**
     * Results of outbound calls.
     *
     * @param answers  work to do within the transaction, by event id
     * @param failures failures of the calls for which the event is to blame, by event id
     * @param away     events whose calls were not made or not answered because a dependency is unavailable
     */
    public record Results<C>(Map<UUID, AfterCall> answers, Map<UUID, Throwable> failures, Map<C, Throwable> away) {

        /** Results of no call. */
        public static <C> Results<C> none() {
            return new Results<>(Map.of(), Map.of(), Map.of());
        }
    }

    /** Returns whether a guard is open, so that consumption must pause. */
    public boolean isGuardOpen() {
        return guards.getAsBoolean();
    }

    /** Begins to decode an event, within the time limit of handling it. */
    public void beginDecoding(UUID event, HandlerMethod handler) {
        step.begin(event, handler);
    }

    public void endDecoding() {
        step.end();
    }

    /** Makes the calls of events whose handlers call out. Returns when each call has been answered or has failed. */
    public <C extends Call> Results<C> callAll(Collection<C> events) throws InterruptedException {
        return callOuts.callAll(events);
    }

    /** Returns whether the application has batch hooks, which may keep loaded entities in memory. */
    public boolean prepareBatches() {
        return handlers.prepareBatches();
    }

    /** Calls the batch hooks. */
    public void beforeBatch(List<? extends Call> batch) {
        step.begin(batch.size() == 1 ? batch.getFirst().id() : null, "before batch");
        try {
            handlers.beforeBatch(batch);
            step.end();
        } catch (RuntimeException | Error e) {
            throw step.end(e);
        }
    }

    /** Returns whether an event has expired, so that its handler must not be called any more. */
    public boolean isExpired(Call event) {
        return callOuts.deadline().isOver(event);
    }

    /** Returns the age of an expired event. */
    public Duration ageOf(Call event) {
        return callOuts.deadline().age(event);
    }

    /**
     * Handles an event inside the current transaction, or applies the answer of its outbound call.
     *
     * @param answer null for a handler that does not call out
     * @return whether the event was handled rather than expired
     * @throws RuntimeException the handler's failure, or a timeout
     */
    public boolean run(Call event, @Nullable AfterCall answer) {
        if (answer == EXPIRED) {
            return false;
        }
        step.begin(event.id(), event.handler());
        try {
            var handled = answer == null
                    ? chain.run(event, HandlerCalls::handle)
                    : chain.apply(event, answered -> answer.apply());
            step.end();
            return handled;
        } catch (RuntimeException | Error e) {
            throw step.end(e);
        }
    }

    private static void handle(Call event) {
        event.handler().handle(event.event(), event.metadata());
    }

    /** Returns whether another process did not finish the event: its handling still runs, or ended with the process. */
    public boolean isUnfinished(UUID event) {
        return watch.isUnfinished(event);
    }

    /** Removes the notes that {@code events} were not finished, in the transaction that decides about them. */
    public <E> void forget(Collection<E> events, Function<E, UUID> id) {
        watch.forget(events, id);
    }

    /** Completes {@link #forget} after the commit. */
    public void forgotten(UUID event) {
        watch.forgotten(event);
    }
}
