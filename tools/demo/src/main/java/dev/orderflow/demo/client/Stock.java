package dev.orderflow.demo.client;

public record Stock(String sku, long available, long reserved, long sold) {}
