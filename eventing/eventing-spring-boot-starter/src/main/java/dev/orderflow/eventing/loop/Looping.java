package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.loop.Loop.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.context.SmartLifecycle;

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

    /** A bean whose only loop runs from start to stop of the application. */
    abstract class Single implements Looping, Work, SmartLifecycle {

        private final Loop loop;
        private final Duration patience;
        private final Duration longestEnd;

        /**
         * @param patience   how long a round may go on at the end before its thread is interrupted
         * @param longestEnd how long to wait after that
         */
        protected Single(Loop loop, Duration patience, Duration longestEnd) {
            this.loop = loop;
            this.patience = patience;
            this.longestEnd = longestEnd;
        }

        @Override
        public void start() {
            loop.start(this);
        }

        @Override
        public void stop() {
            loop.end(patience, longestEnd);
        }

        @Override
        public boolean isRunning() {
            return loop.isRunning();
        }

        @Override
        public Collection<Loop> loops() {
            return List.of(loop);
        }

        protected final Loop loop() {
            return loop;
        }
    }
}
