package dev.orderflow.eventing;

import java.time.Duration;

/**
 * A task that runs periodically while the application runs, such as deleting old data. Each bean of this type has its
 * own thread, which survives exceptions and whose health is shown with that of the starter's threads.
 */
public interface PeriodicTask {

    /** Name of the thread, also shown in health; unique. */
    String name();

    /** Time from the start of the application to the first run, and from the end of a run to the next. */
    Duration period();

    /**
     * Runs the task once. An exception is logged, and the task runs again after the next period. It must end within
     * minutes: a run that takes longer than {@code eventing.health.longest-step} makes liveness {@code DOWN}.
     */
    void run();
}
