package dev.orderflow.events.promotion;

/** Kind of a promotion, by the part of the price that it takes off. */
public enum PromotionKind {
    /** A part of the price of all goods. */
    PERCENTAGE,
    /** An amount. */
    AMOUNT_OFF,
    /** The price of units of a product that follow units to be paid. */
    BUY_N_GET_M,
    /** The fee for shipping. */
    FREE_SHIPPING
}
