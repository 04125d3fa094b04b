package dev.orderflow.demo.process;

import java.util.List;

/** The processes of a suite, one per part, wherever they run. */
public interface Processes extends AutoCloseable {

    /**
     * Starts one part again and returns when it is ready.
     *
     * @throws DemoException if it runs
     */
    void start(Part part);

    /**
     * Ends one part with SIGKILL.
     *
     * @throws DemoException if it does not run
     */
    void kill(Part part);

    /** How each part is. */
    List<PartStatus> status();

    /** Leaves running what runs. */
    @Override
    void close();
}
