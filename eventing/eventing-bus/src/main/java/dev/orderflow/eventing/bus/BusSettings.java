package dev.orderflow.eventing.bus;

import java.time.Duration;

/**
 * Bounds of a bus.
 *
 * @param lanes           number of lanes, 1 to 64; each has a thread of each subscription
 * @param slots           events that wait in a lane and priority, a power of two
 * @param payloadBytes    bytes of the payloads of these events; a larger payload is refused
 * @param longestBlock    time for which a publisher waits for a free slot or for synchronous listeners
 * @param longestDrain    time for which a subscription that ends may handle waiting events
 * @param overtakenAtMost number of events of higher priorities that overtake a waiting one, before it is its turn
 * @param failures        receiver of failures
 */
public record BusSettings(
        int lanes,
        int slots,
        int payloadBytes,
        Duration longestBlock,
        Duration longestDrain,
        int overtakenAtMost,
        FailureHandler failures) {

    static final int MOST_LANES = 64;
    private static final int MOST_SLOTS = 1 << 20;

    public BusSettings {
        requireLanes(lanes);
        require(
                slots >= 2 && slots <= MOST_SLOTS && Integer.bitCount(slots) == 1,
                "slots must be a power of two from 2 to 2^20");
        require(payloadBytes >= 1, "payloadBytes must be at least 1");
        require(isPositive(longestBlock) && isPositive(longestDrain), "times must be more than 0 and at most 1 day");
        require(overtakenAtMost >= 1, "overtakenAtMost must be at least 1");
    }

    /** Creates settings with a lane per processor, 4,096 slots, 8 MiB, 30 seconds, and a log as the receiver of failures. */
    public static BusSettings defaults() {
        var lanes = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());
        var time = Duration.ofSeconds(30);
        return new BusSettings(lanes, 4_096, 8 << 20, time, time, 64, new FailureLog());
    }

    public BusSettings withLanes(int number) {
        return new BusSettings(number, slots, payloadBytes, longestBlock, longestDrain, overtakenAtMost, failures);
    }

    public BusSettings withSlots(int number) {
        return new BusSettings(lanes, number, payloadBytes, longestBlock, longestDrain, overtakenAtMost, failures);
    }

    public BusSettings withPayloadBytes(int bytes) {
        return new BusSettings(lanes, slots, bytes, longestBlock, longestDrain, overtakenAtMost, failures);
    }

    public BusSettings withLongestBlock(Duration time) {
        return new BusSettings(lanes, slots, payloadBytes, time, longestDrain, overtakenAtMost, failures);
    }

    public BusSettings withLongestDrain(Duration time) {
        return new BusSettings(lanes, slots, payloadBytes, longestBlock, time, overtakenAtMost, failures);
    }

    public BusSettings withOvertakenAtMost(int events) {
        return new BusSettings(lanes, slots, payloadBytes, longestBlock, longestDrain, events, failures);
    }

    public BusSettings withFailures(FailureHandler handler) {
        return new BusSettings(lanes, slots, payloadBytes, longestBlock, longestDrain, overtakenAtMost, handler);
    }

    static void requireLanes(int lanes) {
        require(lanes >= 1 && lanes <= MOST_LANES, "lanes must be 1 to " + MOST_LANES);
    }

    static boolean isPositive(Duration time) {
        return time.isPositive() && time.compareTo(Duration.ofDays(1)) <= 0;
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
