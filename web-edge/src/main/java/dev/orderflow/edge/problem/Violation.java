package dev.orderflow.edge.problem;

/**
 * One field of a request that is at fault: an element of a problem's {@code errors}.
 *
 * @param field   path such as {@code lines[0].sku}, or the name of a parameter or header
 * @param message read after the field's name, such as "must be an array"
 */
public record Violation(String field, String message) {}
