package dev.orderflow.eventing;

import java.time.Duration;

/**
 * Work of an application that repeats for as long as it runs, such as deleting what is old. Each bean of this type runs on a thread
 * of its own, which nothing that it throws ends, and whose health is shown with that of the starter's threads.
 */
public interface PeriodicTask {

    /** Name of the thread, also shown in health; unique. */
    String name();

    /** Time from the start of the application to the first run, and from the end of each run to the next. */
    Duration period();

    /**
     * Runs once. An exception is logged, and the task is run again after the next period. Must end within minutes: a
     * run that takes longer than {@code eventing.health.longest-step} makes liveness {@code DOWN}.
     */
    void run();
}
