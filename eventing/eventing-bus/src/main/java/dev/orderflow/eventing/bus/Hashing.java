package dev.orderflow.eventing.bus;

/**
 * Assignment of keys to lanes: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm" (2014).
 * <p>
 * When a lane is added to {@code n}, one key in {@code n + 1} moves, and only to the new lane. When the last one is removed, only its
 * keys move. {@link EventBus#resize} relies on that.
 */
final class Hashing {

    private static final long STEP = 2862933555777941757L;
    private static final double SCALE = 1L << 31;

    private Hashing() {}

    /** Returns the lane, from 0 to {@code lanes - 1}, of a key. */
    static int lane(String key, int lanes) {
        var state = mix(key.hashCode());
        var lane = -1L;
        var next = 0L;
        while (next < lanes) {
            lane = next;
            state = state * STEP + 1;
            next = (long) ((lane + 1) * (SCALE / ((state >>> 33) + 1)));
        }
        return (int) lane;
    }

    /** Spreads the hash code of a text, which is similar for similar texts: the last steps of MurmurHash3. */
    private static long mix(int hashCode) {
        var mixed = hashCode * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
