package dev.orderflow.eventing.bus;

import java.util.List;

/**
 * Condition under which a reader goes on after keys have moved to its ring: the same subscription has handled, in the rings they came
 * from, all events that were published before the move.
 *
 * @param after  sequence of the last event that the condition does not concern
 * @param before readers of the other rings, with the last sequence each must have handled
 */
record Fence(long after, List<Passage> before) {

    record Passage(Reader reader, long sequence) {

        /** The place of a reader after all that its ring has now. */
        static Passage of(Reader reader) {
            return new Passage(reader, reader.ring.last());
        }
    }

    boolean isPassed() {
        for (var passage : before) {
            if (!passage.reader.isEnded() && passage.reader.handled() < passage.sequence) {
                return false;
            }
        }
        return true;
    }
}
