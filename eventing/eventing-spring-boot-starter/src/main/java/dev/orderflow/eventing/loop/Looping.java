package dev.orderflow.eventing.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** A bean with loops, whose health is reported under their names. */
public interface Looping {

    /** The loops that exist at present. */
    Collection<Loop> loops();

    /**
     * A bean that knows of work that has exceeded its time limit and could not be ended, such as a handler that never returns. Only
     * a new process ends such work, so liveness is {@code DOWN} once it is long overdue.
     */
    interface OverdueWork {

        /** Time that each unit of work is overdue, by a name such as the handler's. */
        Map<String, Duration> overdue();
    }
}
