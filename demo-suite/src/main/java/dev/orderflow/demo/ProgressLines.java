package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/** A line per part that is ready or stopped; readable in a terminal and in a log. */
record ProgressLines(PrintWriter out) implements Progress {

    @Override
    public void ready(Part part, Duration took) {
        print("  %-13s ready after %.1f s%n".formatted(part.label(), took.toMillis() / 1000.0));
    }

    @Override
    public void stopped(Part part) {
        print("  %-13s stopped%n".formatted(part.label()));
    }

    private void print(String line) {
        out.print(line);
        out.flush();
    }
}
