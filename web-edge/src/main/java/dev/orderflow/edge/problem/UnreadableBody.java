package dev.orderflow.edge.problem;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/** The reason why a body cannot be read as the expected JSON. */
sealed interface UnreadableBody {

    /**
     * A field has the wrong type, or a value out of the type's range.
     *
     * @param path    such as {@code lines[0].quantity}
     * @param message Jackson's; null when the value is out of range
     */
    record WrongField(
            String path,
            @Nullable Class<?> wanted,
            @Nullable String message) implements UnreadableBody {}

    /** The body is JSON, but not one object of the expected form. */
    record WrongDocument() implements UnreadableBody {}

    /** The body is not well-formed JSON. */
    record Malformed(@Nullable TokenStreamLocation at) implements UnreadableBody {}

    /** The body is absent or {@code null}. */
    record Missing() implements UnreadableBody {}

    /** The body cannot be read for another reason. */
    record Unknown() implements UnreadableBody {}

    /** Classifies the failure by Jackson's exception. */
    static UnreadableBody of(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case MismatchedInputException mismatch ->
                mismatch(mismatch, mismatch.getTargetType(), mismatch.getOriginalMessage());
            case InputCoercionException overflow -> mismatch(overflow, overflow.getTargetType(), null);
            case StreamReadException malformed -> new Malformed(malformed.getLocation());
            case null -> new Missing();
            default -> new Unknown();
        };
    }

    private static UnreadableBody mismatch(JacksonException e, @Nullable Class<?> wanted, @Nullable String message) {
        var path = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        return path.isEmpty() ? new WrongDocument() : new WrongField(path, wanted, message);
    }
}
