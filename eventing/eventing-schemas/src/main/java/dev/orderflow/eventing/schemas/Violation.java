package dev.orderflow.eventing.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The first violation of a schema.
 *
 * @param pointer JSON Pointer (RFC 6901) of the value; empty for the whole document
 * @param problem worded to follow the pointer, such as "must be at least 1"
 * @param cause   the failure of reading JSON, if it is not JSON
 */
record Violation(String pointer, String problem, @Nullable Throwable cause) {

    String of(String type) {
        return type + " violates its schema at " + (pointer.isEmpty() ? "its root" : pointer) + ": " + problem;
    }
}
