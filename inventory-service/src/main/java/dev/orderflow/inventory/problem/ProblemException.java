package dev.orderflow.inventory.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A refusal, answered as a problem detail with a code that programs can tell apart. */
public class ProblemException extends ErrorResponseException {

    public ProblemException(HttpStatus status, String code, String detail) {
        this(status, code, detail, null);
    }

    public ProblemException(HttpStatus status, String code, String detail, @Nullable Throwable cause) {
        super(status, Problems.of(status, code, detail), cause);
    }
}
