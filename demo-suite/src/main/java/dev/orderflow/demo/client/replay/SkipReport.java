package dev.orderflow.demo.client.replay;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts the rows that were left out, by reason, and remembers the first of each. */
final class SkipReport {

    private final Map<SkipReason, Entry> entries = new EnumMap<>(SkipReason.class);
    private final Set<String> cancellations = new HashSet<>();

    /**
     * @param line   where the row begins, from 1
     * @param detail what exactly is wrong with it
     */
    void skip(SkipReason reason, long line, String detail) {
        entries.computeIfAbsent(reason, first -> new Entry(line, detail)).count++;
    }

    void skipCancellation(String invoice, long line) {
        cancellations.add(invoice);
        skip(SkipReason.CANCELLATION, line, "invoice " + invoice);
    }

    long count(SkipReason reason) {
        var entry = entries.get(reason);
        return entry == null ? 0 : entry.count;
    }

    long total() {
        return entries.values().stream().mapToLong(entry -> entry.count).sum();
    }

    /** The number of invoices that are cancellations. */
    int cancellations() {
        return cancellations.size();
    }

    void print(PrintWriter out) {
        if (entries.isEmpty()) {
            out.println("no rows skipped");
            return;
        }
        out.printf("%,d rows skipped%n", total());
        entries.forEach((reason, entry) -> out.printf(
                "  %,8d  %s%s; first: line %d, %s%n",
                entry.count,
                reason.description(),
                reason == SkipReason.CANCELLATION ? " (%,d invoices)".formatted(cancellations()) : "",
                entry.line,
                entry.detail));
    }

    private static final class Entry {

        private final long line;
        private final String detail;
        private long count;

        private Entry(long line, String detail) {
            this.line = line;
            this.detail = detail;
        }
    }
}
