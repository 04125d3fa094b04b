package dev.orderflow.order.web;

import dev.orderflow.edge.EdgeProblemAdvice;
import dev.orderflow.order.paging.InvalidCursorException;
import dev.orderflow.order.refusal.Refusal;
import dev.orderflow.order.refusal.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Answers all that goes wrong with a problem detail that has a code and, if one is at fault, names the field. */
@RestControllerAdvice
class ProblemAdvice extends EdgeProblemAdvice {

    private static final String INVALID = "validation_failed";
    private static final String INVALID_DETAIL = "The request is not valid; errors says why.";

    @ExceptionHandler
    ProblemDetail refused(Refusal refusal) {
        var status = switch (refusal.kind()) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case UNACCEPTABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
        return Problems.of(status, refusal.code(), refusal.getMessage(), refusal.violations());
    }

    @ExceptionHandler
    ProblemDetail invalidCursor(InvalidCursorException e) {
        return Problems.of(
                HttpStatus.BAD_REQUEST,
                "invalid_cursor",
                e.getMessage(),
                List.of(new Violation("cursor", "must be a nextCursor")));
    }

    @Override
    protected String outageDetail() {
        return "The database cannot be reached or is too busy. Try again; an Idempotency-Key makes that safe.";
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = Problems.of(status, INVALID, INVALID_DETAIL, Violations.of(e));
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = Problems.of(status, INVALID, INVALID_DETAIL, Violations.of(e));
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = Problems.of(status, INVALID, INVALID_DETAIL, Violations.of(e));
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var missing = List.of(new Violation(e.getParameterName(), "must be given"));
        var problem = Problems.of(status, INVALID, INVALID_DETAIL, missing);
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = UnreadableBody.problem(e);
        return handleExceptionInternal(e, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }
}
