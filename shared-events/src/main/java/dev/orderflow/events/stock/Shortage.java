package dev.orderflow.events.stock;

/** A product with less stock than ordered; {@code available} is 0 for an unknown product. */
public record Shortage(String sku, int wanted, long available) {}
