package dev.orderflow.eventing.outbox.relay;

/**
 * Position up to which the outbox was read.
 *
 * @param incarnation the incarnation in which the position was taken or loaded, the only one in which it is valid
 * @param snapshot    snapshot whose visible rows were read, in the text format of {@code pg_snapshot}: the lowest transaction id
 *                    that may have been running, the first id beyond all that had ended, and the ids between them that were
 *                    running
 * @param nextTxid    first transaction id that had not begun
 * @param lastId      row id above which all rows of transactions from {@code nextTxid} on lie
 */
record Position(Incarnation incarnation, String snapshot, long nextTxid, long lastId) {

    /** Returns whether any transaction was running that may have drawn row ids up to {@link #lastId}. */
    boolean hasRunning() {
        var parts = snapshot.split(":", -1);
        return !parts[2].isEmpty() || Long.parseUnsignedLong(parts[1]) < nextTxid;
    }
}
