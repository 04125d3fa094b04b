package dev.orderflow.bench.bus;

import java.util.stream.IntStream;

/** Passes each event of one publisher to three listeners. */
interface Fanout extends AutoCloseable {

    int LISTENERS = 3;

    /** Keys as of events that have been parsed: publishing makes no text. */
    String[] KEYS = IntStream.range(0, 1_024).mapToObj(i -> "order-" + i).toArray(String[]::new);

    /** Events that wait for a listener. */
    int CAPACITY = 4_096;

    /** Listener, which one thread calls. */
    interface Sink {

        /**
         * Handles an event.
         *
         * @param time as the publisher stated it
         */
        void accept(long number, long time);
    }

    void publish(long number, long time);

    /** Returns when all published events have been handled. */
    @Override
    void close();
}
