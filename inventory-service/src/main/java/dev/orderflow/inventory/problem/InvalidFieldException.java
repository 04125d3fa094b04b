package dev.orderflow.inventory.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A field or parameter whose value only the code that uses it could judge. */
public final class InvalidFieldException extends ProblemException {

    /** @param message what is wrong, to be read after the field's name, such as "must be …" */
    public InvalidFieldException(String code, String field, String message, @Nullable Throwable cause) {
        super(HttpStatus.BAD_REQUEST, code, field + " " + message, cause);
        getBody().setProperty(Problems.ERRORS, List.of(new FieldProblem(field, message)));
    }
}
