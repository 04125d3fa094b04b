package dev.orderflow.order.refusal;

/**
 * What is wrong with one field of a request.
 *
 * @param field path such as {@code lines[0].sku}, or the name of a parameter or header
 */
public record Violation(String field, String message) {}
