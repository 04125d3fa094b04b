package dev.orderflow.demo.client;

import dev.orderflow.events.Money;

public record Product(String sku, String name, Money unitPrice) {}
