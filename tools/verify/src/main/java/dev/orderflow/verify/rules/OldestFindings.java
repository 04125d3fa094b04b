package dev.orderflow.verify.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bounded collection of the findings that were found first. Passing findings arrive before persistent ones and would
 * otherwise displace them.
 */
final class OldestFindings {

    private final int most;
    private final TreeMap<Integer, List<Finding>> bySince = new TreeMap<>();
    private int size;

    OldestFindings(int most) {
        this.most = most;
    }

    /** Adds a finding and returns the first look of the one that is dropped, this or another; null if none is. */
    @Nullable
    Integer add(Finding finding, int since) {
        if (size == most && since >= bySince.lastKey()) {
            return since;
        }
        bySince.computeIfAbsent(since, first -> new ArrayList<>()).add(finding);
        return size++ < most ? null : removeYoungest();
    }

    /** Returns the findings, oldest first, then in order of arrival. */
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
