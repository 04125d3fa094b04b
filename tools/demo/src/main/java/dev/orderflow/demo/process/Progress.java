package dev.orderflow.demo.process;

import java.time.Duration;

/** Listener for the progress of starts and stops; may be called from several threads concurrently. */
public interface Progress {

    Progress SILENT = new Progress() {
        @Override
        public void ready(Part part, Duration took) {}

        @Override
        public void stopped(Part part) {}
    };

    void ready(Part part, Duration took);

    void stopped(Part part);
}
