package dev.orderflow.demo.client;

/** What the warehouse counts of a product. */
public record Stock(String sku, long available, long reserved, long sold) {}
