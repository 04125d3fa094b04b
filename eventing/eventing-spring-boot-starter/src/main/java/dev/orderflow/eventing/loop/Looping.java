package dev.orderflow.eventing.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** A bean with loops, whose health is shown by their names. */
public interface Looping {

    /** Those that are there at present. */
    Collection<Loop> loops();

    /**
     * A bean that knows of work that has exceeded its time limit and could not be ended, such as a handler that never returns. A
     * new process gets rid of it, so it makes liveness {@code DOWN} when it is overdue for long.
     */
    interface OverdueWork {

        /** For how long each is overdue, by a name such as that of the handler. */
        Map<String, Duration> overdue();
    }
}
