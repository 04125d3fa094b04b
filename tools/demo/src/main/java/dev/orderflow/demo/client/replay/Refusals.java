package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rejected invoices: their number by reason, and the first of each. Thread-safe. */
final class Refusals {

    private static final int MOST_REASONS = 50;
    private static final String OTHERS = "for other reasons";

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {

        private final String invoice;
        private long count;

        private Entry(String invoice) {
            this.invoice = invoice;
        }
    }

    synchronized void add(String reason, String invoice) {
        var known = entries.containsKey(reason) || entries.size() < MOST_REASONS ? reason : OTHERS;
        entries.computeIfAbsent(known, first -> new Entry(invoice)).count++;
    }

    synchronized long total() {
        return entries.values().stream().mapToLong(entry -> entry.count).sum();
    }

    synchronized void print(PrintWriter out) {
        entries.forEach((reason, entry) -> out.println("refused    " + entry.count + ": " + ForeignText.line(reason)
                + "; first: invoice " + ForeignText.line(entry.invoice)));
    }
}
