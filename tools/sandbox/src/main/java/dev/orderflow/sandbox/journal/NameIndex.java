package dev.orderflow.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Maps names to numbers in 30 to 60 bytes of memory each, whatever the name's length (and half as much again while it
 * grows), so that a long history fits a small heap. It keeps only the MD5 digest of a name; an accidental collision is
 * practically impossible. An open-addressing hash table with linear probing, as in Knuth, The Art of Computer
 * Programming 3, 6.4. Not thread-safe.
 */
public final class NameIndex {

    private static final int FREE = -1;

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private int[] numbers = new int[1024];
    private int count;

    public NameIndex() {
        Arrays.fill(numbers, FREE);
    }

    /** Returns the number that was put for {@code name}. */
    public OptionalInt find(String name) {
        var digest = digest(name);
        var number = numbers[slot(digest.getMostSignificantBits(), digest.getLeastSignificantBits())];
        return number == FREE ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * Puts a number for a name.
     *
     * @param number 0 or more; replaces the previous one
     */
    public void put(String name, int number) {
        if (3L * (count + 1) > 2L * numbers.length) {
            grow();
        }
        var digest = digest(name);
        put(digest.getMostSignificantBits(), digest.getLeastSignificantBits(), number);
    }

    private void put(long highBits, long lowBits, int number) {
        var slot = slot(highBits, lowBits);
        if (numbers[slot] == FREE) {
            count++;
        }
        high[slot] = highBits;
        low[slot] = lowBits;
        numbers[slot] = number;
    }

    /** Returns the slot of the digest, or the free slot for it. There is always a free slot, which ends the search. */
    private int slot(long highBits, long lowBits) {
        var slot = (int) lowBits & numbers.length - 1;
        while (numbers[slot] != FREE && (high[slot] != highBits || low[slot] != lowBits)) {
            slot = slot + 1 & numbers.length - 1;
        }
        return slot;
    }

    private void grow() {
        var oldHigh = high;
        var oldLow = low;
        var oldNumbers = numbers;
        high = new long[2 * oldNumbers.length];
        low = new long[2 * oldNumbers.length];
        numbers = new int[2 * oldNumbers.length];
        Arrays.fill(numbers, FREE);
        count = 0;
        for (var old = 0; old < oldNumbers.length; old++) {
            if (oldNumbers[old] != FREE) {
                put(oldHigh[old], oldLow[old], oldNumbers[old]);
            }
        }
    }

    /** Returns a type 3 UUID, which holds 122 bits of the digest. */
    private static UUID digest(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }
}
