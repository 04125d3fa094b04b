package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.inbox.CallGuards.DependencyAwayException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Calls out for independent events at the same time, each on a virtual thread. */
public class CallOuts {

    private final HandlerChain chain;
    private final CallGuards guards;
    private final Semaphore places;

    /** @param maxConcurrent calls at once, over all guards */
    public CallOuts(HandlerChain chain, CallGuards guards, int maxConcurrent) {
        this.chain = chain;
        this.guards = guards;
        this.places = new Semaphore(maxConcurrent);
    }

    /** Returns when all have answered or failed; failures are told to {@code outcome} and have no answer. */
    Map<Delivery, AfterCall> callAll(Collection<Delivery> deliveries, Outcome outcome) throws InterruptedException {
        var answers = new HashMap<Delivery, AfterCall>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new HashMap<Delivery, Future<AfterCall>>();
            deliveries.forEach(delivery -> futures.put(delivery, threads.submit(() -> call(delivery))));
            for (var delivery : List.copyOf(deliveries)) {
                try {
                    answers.put(delivery, futures.get(delivery).get());
                } catch (ExecutionException e) {
                    outcome.failed(delivery, e.getCause(), isOutage(e.getCause()));
                }
            }
        }
        return answers;
    }

    /** A handler may also read its database before it calls. */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof DependencyAwayException || DatabaseOutage.isCauseOf(failure);
    }

    private AfterCall call(Delivery delivery) throws Exception {
        var handler = delivery.handler();
        Callable<AfterCall> call =
                () -> chain.call(delivery, () -> handler.callOut(delivery.event(), delivery.metadata()));
        places.acquire();
        try {
            return handler.guard().isEmpty() ? call.call() : guards.call(handler.guard(), call);
        } finally {
            places.release();
        }
    }
}
