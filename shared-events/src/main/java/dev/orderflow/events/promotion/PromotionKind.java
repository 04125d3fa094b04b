package dev.orderflow.events.promotion;

/** What a promotion takes off. */
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
