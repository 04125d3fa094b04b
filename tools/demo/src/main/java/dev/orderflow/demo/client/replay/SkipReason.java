package dev.orderflow.demo.client.replay;

/** Reasons why a row of the file doesn't become part of an order. */
enum SkipReason {
    MALFORMED("cannot be read"),
    CANCELLATION("cancels an invoice, which is not supported"),
    QUANTITY_NOT_POSITIVE("quantity is 0 or less"),
    PRICE_NOT_POSITIVE("price is less than a penny"),
    NO_CUSTOMER("has no customer"),
    OTHER_CUSTOMER("has another customer than its invoice's first row");

    private final String description;

    SkipReason(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }
}
