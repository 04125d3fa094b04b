package dev.orderflow.sandbox.carrier;

/** Memory-resident part of a shipment, kept small because there are many. Not thread-safe: guarded by the {@link Carrier}. */
final class Shipment {

    private static final long NEVER = -1;

    private final int entry;
    private final long acceptedAt;
    private final int handlingMillis;
    private final int transitMillis;
    private final boolean lost;
    private long releasedAt = NEVER;
    private long stoppedAt = NEVER;
    private int calls = 1;

    /** @param entry number of the {@link ShipmentEntry.Accepted} */
    Shipment(int entry, ShipmentEntry.Accepted accepted) {
        this.entry = entry;
        this.acceptedAt = accepted.acceptedAt();
        this.handlingMillis = accepted.handlingMillis();
        this.transitMillis = accepted.transitMillis();
        this.lost = accepted.lost();
    }

    int entry() {
        return entry;
    }

    void calledAgain() {
        calls++;
    }

    boolean isReleased() {
        return releasedAt != NEVER;
    }

    void released(long at) {
        releasedAt = at;
        calls++;
    }

    void stopped(long at) {
        stoppedAt = at;
    }

    Standing standing(long now) {
        if (stoppedAt != NEVER) {
            return new Standing(entry, ShipmentState.STOPPED, stoppedAt, calls);
        }
        var leavesAt = releasedAt + handlingMillis;
        if (!isReleased() || now < leavesAt) {
            return new Standing(entry, ShipmentState.ACCEPTED, acceptedAt, calls);
        }
        var arrivesAt = leavesAt + transitMillis;
        if (now < arrivesAt) {
            return new Standing(entry, ShipmentState.IN_TRANSIT, leavesAt, calls);
        }
        return new Standing(entry, lost ? ShipmentState.LOST : ShipmentState.DELIVERED, arrivesAt, calls);
    }

    /** @param since when the state began, in epoch milliseconds */
    record Standing(int entry, ShipmentState state, long since, int calls) {

        Item toItem(ShipmentEntry.Accepted accepted) {
            var listed = switch (state) {
                case ACCEPTED, IN_TRANSIT, LOST -> Item.State.DISPATCHED;
                case DELIVERED -> Item.State.DELIVERED;
                case STOPPED -> Item.State.STOPPED;
            };
            return new Item(accepted.orderId(), listed, calls);
        }
    }

    /**
     * Shipment as it is listed.
     *
     * @param calls how often the carrier has processed requests for it; injected failures do not count
     */
    record Item(String orderId, State state, int calls) {

        /** The outcome of a shipment. One whose parcel is under way or lost is dispatched. */
        enum State {
            DISPATCHED,
            DELIVERED,
            STOPPED
        }
    }
}
