package dev.orderflow.demo.process;

import java.util.List;

/** Processes of a suite, one per part, wherever they run. */
public interface Processes extends AutoCloseable {

    /**
     * Starts one part again and returns when it is ready.
     *
     * @throws DemoException if it is running
     */
    void start(Part part);

    /**
     * Kills one part with SIGKILL.
     *
     * @throws DemoException if it is not running
     */
    void kill(Part part);

    /** {@return the status of each part} */
    List<PartStatus> status();

    /** Releases resources; running processes keep running. */
    @Override
    void close();
}
