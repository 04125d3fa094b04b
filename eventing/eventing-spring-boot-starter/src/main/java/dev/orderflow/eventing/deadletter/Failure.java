package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.schema.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * The stored description of the exception that made an event a dead letter.
 *
 * @param message   at most {@value #LONGEST_MESSAGE} characters
 * @param rootCause {@code class: message} of the innermost cause, at most {@value #LONGEST_ROOT_CAUSE} characters
 */
record Failure(String exception, @Nullable String message, String rootCause, String causeGroup) {

    static final int LONGEST_MESSAGE = 2_000;
    static final int LONGEST_ROOT_CAUSE = 1_000;

    /** Depth far beyond any sensible chain of causes; ends the search when causes form a cycle. */
    private static final int DEEPEST_CAUSE = 50;

    static Failure of(Throwable cause) {
        var message = cause.getMessage();
        var root = describe(innermost(cause));
        return new Failure(
                cause.getClass().getName(),
                message == null ? null : StorableText.of(message, LONGEST_MESSAGE),
                root,
                CauseGroup.of(root));
    }

    private static Throwable innermost(Throwable cause) {
        var innermost = cause;
        for (var depth = 0; depth < DEEPEST_CAUSE && innermost.getCause() != null; depth++) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    private static String describe(Throwable cause) {
        var name = cause.getClass().getName();
        var text = cause.getMessage() == null ? name : name + ": " + cause.getMessage();
        return StorableText.of(text, LONGEST_ROOT_CAUSE);
    }
}
