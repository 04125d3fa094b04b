package dev.orderflow.order.grpc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The virtual threads of calls: one for each step of a call, such as its message, and one for each watch. The bound of
 * open calls bounds their number, and turns bound how many of them use the database at once.
 */
@Component
@ConditionalOnProperty(name = "orders.grpc.enabled", matchIfMissing = true)
public class CallThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("grpc-call-", 0).factory());

    /** Starts {@code step}, which answers its call also when it fails. */
    public void start(Runnable step) {
        threads.execute(step);
    }

    ExecutorService executor() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
