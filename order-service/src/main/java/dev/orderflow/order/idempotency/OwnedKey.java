package dev.orderflow.order.idempotency;

/** An idempotency key of one caller: another caller's key with the same text is another key. */
public record OwnedKey(String tenant, String subject, String text) {}
