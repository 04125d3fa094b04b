package dev.orderflow.eventing.inbox.polling;

/**
 * A Bloom filter of texts: it knows all that were added, and takes few others for one of them. Takes 256 KiB whatever is added.
 *
 * @see <a href="https://doi.org/10.1145/362686.362692">Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors</a>
 */
final class KeyFilter {

    private static final int BITS = 1 << 21;
    private static final int HASHES = 4;
    private static final long PRIME = 0x100000001b3L;

    private final long[] words = new long[BITS >> 6];
    private int set;

    void add(String text) {
        var hash = hash(text);
        for (var number = 0; number < HASHES; number++) {
            var bit = bit(hash, number);
            var mask = 1L << bit;
            if ((words[bit >> 6] & mask) == 0) {
                words[bit >> 6] |= mask;
                set++;
            }
        }
    }

    boolean contains(String text) {
        var hash = hash(text);
        for (var number = 0; number < HASHES; number++) {
            var bit = bit(hash, number);
            if ((words[bit >> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether half of the bits are set, after about 360,000 texts: 6 % of all others are then taken for one of them. */
    boolean isFull() {
        return set >= BITS / 2;
    }

    /** Kirsch and Mitzenmacher: two halves of one hash serve as any number of hashes. */
    private static int bit(long hash, int number) {
        return (int) hash + number * (int) (hash >>> 32 | 1) & BITS - 1;
    }

    /** FNV-1a over the characters, with the finalizer of SplitMix64. */
    private static long hash(String text) {
        var hash = 0xcbf29ce484222325L;
        for (var index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * PRIME;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
