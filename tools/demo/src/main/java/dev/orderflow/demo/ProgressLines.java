package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints one line per part that is ready or stopped; readable in a terminal and in a log. */
record ProgressLines(PrintWriter out) implements Progress {

    @Override
    public void ready(Part part, Duration took) {
        print(String.format(Locale.ROOT, "  %-13s ready after %.1f s%n", part.label(), took.toMillis() / 1000.0));
    }

    @Override
    public void stopped(Part part) {
        print(String.format(Locale.ROOT, "  %-13s stopped%n", part.label()));
    }

    private void print(String line) {
        out.print(line);
        out.flush();
    }
}
