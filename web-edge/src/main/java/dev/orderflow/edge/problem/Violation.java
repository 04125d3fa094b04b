package dev.orderflow.edge.problem;

/**
 * An invalid field of a request: an element of a problem's {@code errors}.
 *
 * @param field   path such as {@code lines[0].sku}, or the name of a parameter or header
 * @param message predicate that follows the field's name, such as "must be an array"
 */
public record Violation(String field, String message) {}
