package dev.orderflow.eventing.outbox.relay;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.InterruptException;

/** Blocks a thread at a point, as if its process were stopped there. Initially open. */
final class Gate {

    private volatile CountDownLatch closed = new CountDownLatch(0);
    private volatile int waiting;

    void close() {
        closed = new CountDownLatch(1);
    }

    void open() {
        closed.countDown();
    }

    void awaitSomebody() {
        await().until(() -> waiting > 0);
    }

    void pass() {
        var gate = closed;
        if (gate.getCount() > 0) {
            waiting = 1;
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            } finally {
                waiting = 0;
            }
        }
    }
}
