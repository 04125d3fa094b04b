package dev.orderflow.order.promotion;

/** Reason for which a promotion does not apply to a cart. */
public enum Rejection {
    /** Its validity has not begun. */
    NOT_YET_VALID,
    /** Its validity has ended. */
    EXPIRED,
    /** It is about another currency. */
    OTHER_CURRENCY,
    /** The goods cost less than it requires. */
    BELOW_MINIMUM,
    /** The cart has too few units of its product. */
    TOO_FEW_UNITS,
    /** Its orders are used up. */
    USED_UP,
    /** The customer's orders with it are used up. */
    USED_UP_BY_CUSTOMER,
    /** Another of its exclusion group applies. */
    EXCLUDED,
    /** Nothing is left to take off. */
    NOTHING_LEFT
}
