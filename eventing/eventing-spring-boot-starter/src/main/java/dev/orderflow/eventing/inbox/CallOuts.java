package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
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

    /** @param maxConcurrent concurrent calls, over all guards */
    CallOuts(HandlerChain chain, CallGuards guards, int maxConcurrent, HandlingWatch watch) {
        this.chain = chain;
        this.guards = guards;
        this.watch = watch;
        this.places = new Semaphore(maxConcurrent);
    }

    /**
     * Results of the calls.
     *
     * @param answers  work to do within the transaction, by event id
     * @param failures of the calls that were the event's fault, by event id
     * @param away     events whose calls were not made or not answered because a dependency is unavailable
     */
    record Results(Map<UUID, AfterCall> answers, Map<UUID, Throwable> failures, Map<Delivery, Throwable> away) {}

    /** Makes all calls, and returns when each has been answered or has failed. */
    Results callAll(Collection<Delivery> deliveries) throws InterruptedException {
        var answers = new HashMap<UUID, AfterCall>();
        var failures = new HashMap<Delivery, Throwable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new HashMap<Delivery, Future<AfterCall>>();
            deliveries.forEach(delivery -> futures.put(delivery, threads.submit(() -> call(delivery))));
            for (var delivery : List.copyOf(deliveries)) {
                try {
                    answers.put(delivery.id(), futures.get(delivery).get());
                } catch (ExecutionException e) {
                    failures.put(delivery, HandlerException.requireBlame(e.getCause()));
                }
            }
        }
        return blame(answers, failures);
    }

    /** Classifies the failures. Only when all calls have ended is it known whether the first failures were the beginning of an outage. */
    private Results blame(Map<UUID, AfterCall> answers, Map<Delivery, Throwable> failures) {
        var results = new Results(answers, new HashMap<>(), new HashMap<>());
        failures.forEach((delivery, failure) -> {
            if (isOutage(delivery, failure)) {
                results.away().put(delivery, failure);
            } else {
                results.failures().put(delivery.id(), failure);
            }
        });
        return results;
    }

    /** Returns whether a dependency is unavailable. A handler may also read its database before it calls. */
    private boolean isOutage(Delivery delivery, Throwable failure) {
        var guard = delivery.handler().guard();
        return DatabaseOutage.isCauseOf(failure) || !guard.isEmpty() && guards.isAway(guard, failure);
    }

    private AfterCall call(Delivery delivery) throws Exception {
        var handler = delivery.handler();
        Callable<AfterCall> call = () -> callWatched(delivery);
        places.acquire();
        try {
            return handler.guard().isEmpty() ? call.call() : guards.call(handler.guard(), call);
        } finally {
            places.release();
        }
    }

    /** Calls under watch, on the thread that makes the call. That thread need not be the one that waits for it. */
    private AfterCall callWatched(Delivery delivery) {
        var handler = delivery.handler();
        try (var step = watch.step()) {
            step.begin(delivery.id(), handler);
            try {
                var answer = chain.call(delivery, () -> handler.callOut(delivery.event(), delivery.metadata()));
                step.end();
                return answer;
            } catch (RuntimeException | Error e) {
                throw step.end(e);
            }
        }
    }
}
