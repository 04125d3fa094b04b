package dev.orderflow.eventing.signatures;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value of files that are read again at intervals, when it is used. While they cannot be read, the last value counts.
 * Thread-safe; one thread reads, and the others do not wait for it.
 */
final class Refreshed<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Refreshed.class);

    private final String name;
    private final UnaryOperator<T> again;
    private final Clock clock;
    private final long interval;
    private final AtomicLong next;
    private volatile T value;

    /** @throws InvalidKeyException if the files cannot be read now */
    Refreshed(String name, Supplier<T> read, Clock clock, Duration interval) {
        this(name, read.get(), last -> read.get(), clock, interval);
    }

    /** @param again reads the files again, given the last value */
    Refreshed(String name, T first, UnaryOperator<T> again, Clock clock, Duration interval) {
        this.name = name;
        this.again = again;
        this.clock = clock;
        this.interval = interval.toMillis();
        this.value = first;
        this.next = new AtomicLong(clock.millis() + this.interval);
        LOG.info("{}=read keys={}", name, value);
    }

    T get() {
        var due = next.get();
        var now = clock.millis();
        // A clock that was set back must not put off the next reading.
        if ((now >= due || due - now > interval) && next.compareAndSet(due, now + interval)) {
            refresh();
        }
        return value;
    }

    private void refresh() {
        try {
            var current = again.apply(value);
            if (!current.equals(value)) {
                LOG.info("{}=changed keys={}", name, current);
                value = current;
            }
        } catch (RuntimeException e) {
            LOG.warn("{}=unreadable reason=\"the keys read before stay in use\" cause=\"{}\"", name, e.getMessage());
        }
    }
}
