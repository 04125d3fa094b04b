package dev.orderflow.events.stock;

/** A product of which an order wanted more than there was; {@code available} is 0 for one that is unknown. */
public record Shortage(String sku, int wanted, long available) {}
