package dev.orderflow.bench;

/** What must be done in the end: when this is closed, or when this JVM ends if that comes first. */
public final class Ending implements AutoCloseable {

    private final Thread thread;

    /** @param name of the thread that does it when this JVM ends */
    public Ending(String name, Runnable action) {
        thread = new Thread(action, name);
        Runtime.getRuntime().addShutdownHook(thread);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            return; // This JVM is ending, and the thread is at it.
        }
        thread.run();
    }
}
