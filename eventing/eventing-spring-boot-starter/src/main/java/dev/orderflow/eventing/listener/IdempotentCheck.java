package dev.orderflow.eventing.listener;

import org.springframework.context.SmartLifecycle;

/**
 * Fails the start of an application in which a listener with {@link dev.orderflow.eventing.Idempotent} would run without the
 * inbox.
 * <p>
 * A container factory decides whether it post-processes its containers. Without this check, a factory that does not would
 * silently let redelivered records take effect again.
 * <p>
 * The check compares numbers, once. It does not see listeners of beans that are created after the start, and a listener that has
 * several containers, such as one of a prototype bean, may hide one that has none.
 */
class IdempotentCheck implements SmartLifecycle {

    private final IdempotentAnnotations annotations;
    private final IdempotentListeners listeners;
    private volatile boolean running;

    IdempotentCheck(IdempotentAnnotations annotations, IdempotentListeners listeners) {
        this.annotations = annotations;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        var found = annotations.found();
        if (listeners.count() < found.size()) {
            throw new IllegalStateException("@Idempotent is at " + found.size() + " listeners, but only "
                    + listeners.count() + " have a container that can be idempotent. Share consumers cannot, nor can"
                    + " containers whose factory ignores a containerPostProcessor. The listeners are " + found);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Lowest phase: after all containers were created, and before any of them starts. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
