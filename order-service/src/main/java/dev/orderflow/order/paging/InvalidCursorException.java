package dev.orderflow.order.paging;

/** A client sent as cursor what no page had given it. */
public final class InvalidCursorException extends RuntimeException {

    public InvalidCursorException() {
        super("The cursor is not one that a page of this list has returned as nextCursor.", null, false, false);
    }
}
