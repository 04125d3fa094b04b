package dev.orderflow.demo.client;

import dev.orderflow.events.Money;

/** A product of the catalog. */
public record Product(String sku, String name, Money unitPrice) {}
