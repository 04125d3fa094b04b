package dev.orderflow.bench.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Baseline: a bounded queue and a thread for each listener. */
final class QueueFanout implements Fanout {

    private static final byte[] PAYLOAD = new byte[200];
    private static final Message END = new Message("", 0, 0, PAYLOAD);

    private final List<BlockingQueue<Message>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private record Message(String key, long number, long time, byte[] payload) {}

    QueueFanout(List<? extends Sink> sinks) {
        for (var sink : sinks) {
            var queue = new LinkedBlockingQueue<Message>(CAPACITY);
            queues.add(queue);
            threads.add(Thread.ofPlatform().daemon().start(() -> takeAll(queue, sink)));
        }
    }

    private static void takeAll(BlockingQueue<Message> queue, Sink sink) {
        try {
            for (var message = queue.take(); message != END; message = queue.take()) {
                sink.accept(message.number(), message.time());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void publish(long number, long time) {
        putAll(new Message(KEYS[(int) number & KEYS.length - 1], number, time, PAYLOAD));
    }

    private void putAll(Message message) {
        try {
            for (var queue : queues) {
                queue.put(message);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        putAll(END);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
