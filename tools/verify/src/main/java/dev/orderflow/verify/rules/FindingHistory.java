package dev.orderflow.verify.rules;

/**
 * First look of each finding that has been found at every look since. It keeps only a 64-bit hash and the look's
 * number: passing and persistent findings must be distinguished even when there are too many to keep their texts.
 * Bounded; findings beyond its capacity are unknown. Not thread-safe.
 */
public final class FindingHistory {

    /** Unknown first look, possibly the present one. Greater than all others. */
    public static final int UNKNOWN = Integer.MAX_VALUE;

    private final int most;
    private Table last = new Table();
    private Table current = new Table();
    private int look;

    /**
     * Creates a history.
     *
     * @param most number of findings remembered of each look, 50 bytes each
     */
    public FindingHistory(int most) {
        this.most = most;
    }

    /**
     * Returns the number of findings that fit into the heap beside everything else, for four looks' worth: two of
     * broken and two of other findings.
     */
    public static int fittingMemory() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 4096, 50_000, 1_000_000);
    }

    /** Begins a look, which the following findings belong to. */
    public void beginLook() {
        last = current;
        current = new Table();
        look++;
    }

    /** Returns the look since which the finding exists; records it for this one. */
    int since(long finding) {
        var here = current.get(finding);
        if (here != 0) {
            return here;
        }
        var since = last.get(finding);
        if (since == 0) {
            since = last.isFull ? UNKNOWN : look;
        }
        return current.put(finding, since) || since < look ? since : UNKNOWN;
    }

    /** Hash table with open addressing. At most half of the slots are used. */
    private final class Table {

        private long[] findings = new long[1024];
        private int[] sinces = new int[1024];
        private int size;
        private boolean isFull;

        /** Returns 0 if it is absent. */
        private int get(long finding) {
            return sinces[slot(finding)];
        }

        /** Returns whether there was room. */
        private boolean put(long finding, int since) {
            if (size == most) {
                isFull = true;
                return false;
            }
            if (2 * size == findings.length) {
                grow();
            }
            set(finding, since);
            size++;
            return true;
        }

        private void set(long finding, int since) {
            var slot = slot(finding);
            findings[slot] = finding;
            sinces[slot] = since;
        }

        /** Returns its slot, or the empty slot for it. */
        private int slot(long finding) {
            var mask = findings.length - 1;
            var slot = (int) (finding >>> 32) & mask;
            while (sinces[slot] != 0 && findings[slot] != finding) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private void grow() {
            var oldFindings = findings;
            var oldSinces = sinces;
            findings = new long[2 * oldFindings.length];
            sinces = new int[2 * oldSinces.length];
            for (var slot = 0; slot < oldSinces.length; slot++) {
                if (oldSinces[slot] != 0) {
                    set(oldFindings[slot], oldSinces[slot]);
                }
            }
        }
    }
}
