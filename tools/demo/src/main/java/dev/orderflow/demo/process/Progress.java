package dev.orderflow.demo.process;

import java.time.Duration;

/** Is told how starting and stopping goes; possibly from several threads at once. */
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
