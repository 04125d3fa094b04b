package dev.orderflow.order.web;

import dev.orderflow.order.paging.InvalidCursorException;
import dev.orderflow.order.refusal.OverloadedException;
import dev.orderflow.order.refusal.Refusal;
import dev.orderflow.order.refusal.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers all that goes wrong with a problem detail that has a code and, if one is at fault, names the field. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
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

    @ExceptionHandler
    ProblemDetail bodyTooLarge(BodyTooLargeException e) {
        return Problems.of(HttpStatus.CONTENT_TOO_LARGE, BodyTooLargeException.CODE, e.getMessage(), List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> overloaded(OverloadedException e) {
        var problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE, OverloadedException.CODE, String.valueOf(e.getMessage()), List.of());
        return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, e.retryAfter().toSeconds())))
                .build();
    }

    /** A client that went away, as clients that wait do, gets no answer. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> failed(Exception e) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            log.debug("client disconnected cause={}", e.toString());
            return null;
        }
        return Outages.isOutage(e) ? unavailable(e) : unexpected(e);
    }

    private static ResponseEntity<ProblemDetail> unavailable(Exception e) {
        log.warn("request failed code=temporarily_unavailable cause={}", e.toString());
        var problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "temporarily_unavailable",
                "The database cannot be reached or is too busy. Try again; an Idempotency-Key makes that safe.",
                List.of());
        return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, "2").build();
    }

    private static ResponseEntity<ProblemDetail> unexpected(Exception e) {
        log.error("request failed code=internal_error", e);
        var problem = Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal_error",
                "This is not your fault; it was logged.",
                List.of());
        return ResponseEntity.of(problem).build();
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

    /** Through here goes every answer to an exception of Spring's own. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            Problems.ensureCode(problem);
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
