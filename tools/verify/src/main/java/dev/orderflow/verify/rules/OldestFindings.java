package dev.orderflow.verify.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many findings and not more: those that were found first. What passes comes before what stays and would otherwise
 * hide it.
 */
final class OldestFindings {

    private final int most;
    private final TreeMap<Integer, List<Finding>> bySince = new TreeMap<>();
    private int size;

    OldestFindings(int most) {
        this.most = most;
    }

    /** Returns since when the one that is not kept is there, be it this or another; null if all are. */
    @Nullable
    Integer add(Finding finding, int since) {
        if (size == most && since >= bySince.lastKey()) {
            return since;
        }
        bySince.computeIfAbsent(since, first -> new ArrayList<>()).add(finding);
        return size++ < most ? null : removeYoungest();
    }

    /** The oldest first, then in the order in which they came. */
    Stream<Found> stream() {
        return bySince.entrySet().stream()
                .flatMap(since -> since.getValue().stream().map(finding -> new Found(finding, since.getKey())));
    }

    private Integer removeYoungest() {
        var youngest = bySince.lastEntry();
        youngest.getValue().removeLast();
        if (youngest.getValue().isEmpty()) {
            bySince.remove(youngest.getKey());
        }
        size--;
        return youngest.getKey();
    }
}
