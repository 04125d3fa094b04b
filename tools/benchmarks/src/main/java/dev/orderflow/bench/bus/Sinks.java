package dev.orderflow.bench.bus;

import dev.orderflow.bench.BrokenPromiseException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Listeners that check what they see. */
final class Sinks {

    private static final int DIGITS = 3;

    private Sinks() {}

    /** Checks that the events come in the order of their numbers, 0, 1, 2… */
    static class Checked implements Fanout.Sink {

        private long next;

        @Override
        public void accept(long number, long time) {
            if (number == next) {
                next++;
            }
        }

        void requireAll(long events) {
            if (next != events) {
                throw new BrokenPromiseException("Event " + next + " of " + events + " is lost or out of order.");
            }
        }
    }

    /** Records the time since the moment that the publisher has stated. */
    static final class Timed extends Checked {

        final Histogram nanoseconds = new Histogram(DIGITS);

        @Override
        public void accept(long number, long time) {
            super.accept(number, time);
            nanoseconds.recordValue(Math.max(0, System.nanoTime() - time));
        }
    }

    static <S> List<S> forEachListener(Supplier<S> maker) {
        return Stream.generate(maker).limit(Fanout.LISTENERS).toList();
    }
}
