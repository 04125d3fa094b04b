package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.loop.Loop.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.context.SmartLifecycle;

/** A bean with loops, whose health is reported under their names. */
public interface Looping {

    /** Returns the loops that exist at present. */
    Collection<Loop> loops();

    /**
     * A bean that reports work which has exceeded its time limit and could not be ended, such as a handler that never returns.
     * Only a new process ends such work, so liveness is {@code DOWN} once it is long overdue.
     */
    interface OverdueWork {

        /** Returns the time that each unit of work is overdue, by a name such as the handler's. */
        Map<String, Duration> overdue();
    }

    /** A bean with a single loop that runs while the application runs. */
    abstract class Single implements Looping, Work, SmartLifecycle {

        private final Loop loop;
        private final Duration patience;
        private final Duration longestEnd;

        /**
         * @param patience   maximum time of the last round before its thread is interrupted
         * @param longestEnd maximum time to wait after the interrupt
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
