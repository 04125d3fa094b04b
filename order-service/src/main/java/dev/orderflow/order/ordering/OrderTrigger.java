package dev.orderflow.order.ordering;

/** What can happen to an order after it was placed. */
enum OrderTrigger {
    STOCK_RESERVED,
    STOCK_REJECTED,
    PAYMENT_COMPLETED,
    PAYMENT_DECLINED,
    CUSTOMER_CANCELS
}
