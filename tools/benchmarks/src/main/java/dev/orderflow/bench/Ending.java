package dev.orderflow.bench;

/** Clean-up action that runs when this is closed, or when this JVM ends if that comes first. */
public final class Ending implements AutoCloseable {

    private final Thread thread;

    /**
     * Registers the action.
     *
     * @param name of the thread that runs it when this JVM ends
     */
    public Ending(String name, Runnable action) {
        thread = new Thread(action, name);
        Runtime.getRuntime().addShutdownHook(thread);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            return; // This JVM is ending, and the thread already runs the action.
        }
        thread.run();
    }
}
