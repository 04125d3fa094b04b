package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the skipped rows by reason and keeps the first of each. */
final class SkipReport {

    private final Map<SkipReason, Entry> entries = new EnumMap<>(SkipReason.class);
    private final Set<String> cancellations = new HashSet<>();
    private @Nullable String damage;

    /**
     * Records damage.
     *
     * @param line the first one that cannot be read, from 1
     */
    void damaged(long line, String detail) {
        damage = "the file is damaged from line " + line + " on, and the rest is lost: " + ForeignText.line(detail);
    }

    /** Returns whether the file has rows that could not be read. */
    boolean isDamaged() {
        return damage != null;
    }

    /**
     * Records a skipped row.
     *
     * @param line the row's first line, from 1
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

    /** {@return the number of invoices that are cancellations} */
    int cancellations() {
        return cancellations.size();
    }

    void print(PrintWriter out) {
        out.println(entries.isEmpty() ? "no rows skipped" : count(total()) + " rows skipped");
        entries.forEach((reason, entry) -> out.println("  " + count(entry.count) + "  " + reason.description()
                + (reason == SkipReason.CANCELLATION ? " (" + count(cancellations()) + " invoices)" : "")
                + "; first: line " + entry.line + ", " + ForeignText.line(entry.detail)));
        if (damage != null) {
            out.println(damage);
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
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
