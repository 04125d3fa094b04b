package dev.orderflow.eventing.outbox;

/**
 * How far somebody has read the outbox.
 *
 * @param incarnation where it was taken or loaded, and nowhere else valid
 * @param snapshot    all rows that are visible in it were read; as PostgreSQL writes a {@code pg_snapshot}: the first
 *                    transaction id that may have been running, the first behind all that had ended, and those between that
 *                    were running
 * @param nextTxid    transactions from this id on had not begun
 * @param lastId      they have drawn higher row ids only
 */
record Position(Incarnation incarnation, String snapshot, long nextTxid, long lastId) {

    /** Whether a transaction was running that may have drawn row ids up to {@link #lastId}. */
    boolean hasRunning() {
        var parts = snapshot.split(":", -1);
        return !parts[2].isEmpty() || Long.parseUnsignedLong(parts[1]) < nextTxid;
    }
}
