package dev.orderflow.verify.rules;

/**
 * The number of the look at which each finding was found first, if it was found at every look since. What is remembered is 64
 * bits of a hash and that number: a finding that only passes must be told from one that stays also when there are
 * too many of them to keep their texts. Bounded; of what there is no room for, nothing is known. Not thread-safe.
 */
public final class FindingHistory {

    /** Since a look that nobody remembers, maybe this one. Greater than all others. */
    public static final int UNKNOWN = Integer.MAX_VALUE;

    private final int most;
    private Table last = new Table();
    private Table current = new Table();
    private int look;

    /** @param most how many findings are remembered of each look, 50 bytes each */
    public FindingHistory(int most) {
        this.most = most;
    }

    /** How many the heap has room for beside all else: of four looks' worth, two of broken and two of other findings. */
    public static int fittingMemory() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 4096, 50_000, 1_000_000);
    }

    /** From now on findings are those of the next look. */
    public void beginLook() {
        last = current;
        current = new Table();
        look++;
    }

    /** Since which look the finding is there; this one has it. */
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

    /** A hash table with open addressing. At most half of the slots are taken. */
    private final class Table {

        private long[] findings = new long[1024];
        private int[] sinces = new int[1024];
        private int size;
        private boolean isFull;

        /** Returns 0 if it is not there. */
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

        /** Where it is, or the empty slot where it would be. */
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
