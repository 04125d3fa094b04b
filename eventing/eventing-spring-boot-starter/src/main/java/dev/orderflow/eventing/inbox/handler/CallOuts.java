package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.TenantRows;
import dev.orderflow.eventing.inbox.handler.HandlerCalls.Call;
import dev.orderflow.eventing.inbox.handler.HandlerCalls.Results;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Makes the calls of independent events concurrently, each on a virtual thread. */
class CallOuts {

    private final HandlerChain chain;
    private final CallGuards guards;
    private final Semaphore places;
    private final HandlingWatch watch;
    private final Deadline deadline;

    /** Creates the calls of each member. */
    @FunctionalInterface
    interface Factory {

        CallOuts create();
    }

    /** @param maxConcurrent concurrent calls, over all guards */
    CallOuts(HandlerChain chain, CallGuards guards, int maxConcurrent, HandlingWatch watch, Deadline deadline) {
        this.deadline = deadline;
        this.chain = chain;
        this.guards = guards;
        this.watch = watch;
        this.places = new Semaphore(maxConcurrent);
    }

    Deadline deadline() {
        return deadline;
    }

    /** Makes all calls, and returns when each has been answered or has failed. */
    <C extends Call> Results<C> callAll(Collection<C> events) throws InterruptedException {
        var answers = new HashMap<UUID, AfterCall>();
        var failures = new HashMap<C, Throwable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new HashMap<C, Future<AfterCall>>();
            events.forEach(event -> futures.put(event, threads.submit(() -> call(event))));
            for (var event : List.copyOf(events)) {
                try {
                    answers.put(event.id(), futures.get(event).get());
                } catch (ExecutionException e) {
                    failures.put(event, HandlerException.requireBlame(e.getCause()));
                }
            }
        }
        return blame(answers, failures);
    }

    /** Classifies the failures after all calls have ended. Only then is it known whether the first failures began an outage. */
    private <C extends Call> Results<C> blame(Map<UUID, AfterCall> answers, Map<C, Throwable> failures) {
        var results = new Results<C>(answers, new HashMap<>(), new HashMap<>());
        failures.forEach((event, failure) -> {
            if (isOutage(event, failure)) {
                results.away().put(event, failure);
            } else {
                results.failures().put(event.id(), failure);
            }
        });
        return results;
    }

    /** Returns whether a dependency is unavailable. A handler may also read its database before it calls. */
    private boolean isOutage(Call event, Throwable failure) {
        return DatabaseOutage.isCauseOf(failure)
                || event.handler().guards().stream().anyMatch(guard -> guards.isAway(guard, failure));
    }

    private AfterCall call(Call event) throws Exception {
        if (deadline.isOver(event)) {
            // The guard would count a call that is not made, and a half-open circuit would close.
            return HandlerCalls.EXPIRED;
        }
        places.acquire();
        try {
            return guarded(event).call();
        } finally {
            places.release();
        }
    }

    private Callable<AfterCall> guarded(Call event) {
        Callable<AfterCall> call = () -> callWatched(event);
        for (var guard : event.handler().guards().reversed()) {
            var inner = call;
            call = () -> guards.call(guard, inner, deadline.limit(event));
        }
        return call;
    }

    /** Makes a call, limited by the event's deadline, on the current thread, which may differ from the thread that waits for it. */
    private AfterCall callWatched(Call event) {
        var handler = event.handler();
        var rows = TenantRows.ofAll().open();
        try (var step = watch.step()) {
            step.begin(event.id(), handler, deadline.limit(event));
            try {
                var answer = chain.call(event, () -> handler.callOut(event.event(), event.metadata()));
                step.end();
                return answer == null ? HandlerCalls.EXPIRED : answer;
            } catch (RuntimeException | Error e) {
                throw step.end(e);
            }
        } finally {
            rows.close();
        }
    }
}
