package dev.orderflow.eventing.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Responds to invalid input for the operators' controllers with problem details (RFC 9457), which have a {@code code} and list
 * the {@code errors}. Precedes the application's own advice, which handles the remaining exceptions. This class does not extend
 * {@code ResponseEntityExceptionHandler}, because it would replace Spring Boot's bean of that type.
 */
@Order(-1)
@RestControllerAdvice(basePackageClasses = AdminProblems.class)
class AdminProblems {

    private static final Logger LOG = LoggerFactory.getLogger(AdminProblems.class);
    private static final String INVALID = "validation_failed";

    @ExceptionHandler
    ProblemDetail invalid(RefusedRequest.Invalid e) {
        return badRequest(e);
    }

    @ExceptionHandler
    ProblemDetail invalid(MethodArgumentNotValidException e) {
        return badRequest(INVALID, FieldProblem.of(e.getBindingResult()));
    }

    @ExceptionHandler
    ProblemDetail invalid(HandlerMethodValidationException e) {
        return badRequest(INVALID, FieldProblem.of(e));
    }

    @ExceptionHandler
    ProblemDetail mismatch(MethodArgumentTypeMismatchException e) {
        return badRequest(INVALID, List.of(FieldProblem.ofType(e.getName(), e.getRequiredType())));
    }

    /**
     * Responds with 400 to an unreadable body. Requests may also throw {@link RefusedRequest.Invalid} while they are parsed, see
     * {@link StrictBody}.
     */
    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        var refused = Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .filter(RefusedRequest.Invalid.class::isInstance)
                .map(RefusedRequest.Invalid.class::cast)
                .findFirst();
        if (refused.isPresent()) {
            return badRequest(refused.get());
        }
        return mismatch(e)
                .map(error -> badRequest(INVALID, List.of(error)))
                .orElseGet(() -> problem(
                        HttpStatus.BAD_REQUEST,
                        "malformed_json",
                        "the body must be a JSON object of the documented form"));
    }

    @ExceptionHandler
    ProblemDetail unknown(RefusedRequest.Unknown e) {
        return problem(HttpStatus.NOT_FOUND, e.code(), e.getMessage());
    }

    /** Responds with 409 when a relay may be sending the event that is to be discarded. */
    @ExceptionHandler
    ProblemDetail beingSent(RefusedRequest.BeingSent e) {
        return problem(HttpStatus.CONFLICT, e.code(), e.getMessage());
    }

    /**
     * Responds with 503 when the database is unavailable or overloaded. Spring would take a connection that is lost during a commit for
     * the client's, and answer an empty 200.
     */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        TransactionSystemException.class,
        DataAccessResourceFailureException.class,
        RecoverableDataAccessException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<ProblemDetail> unavailable(Exception e) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        LOG.warn("request=refused code=unavailable cause=\"{}\"", cause.toString());
        var problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "the database does not answer; try again");
        return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, "1").build();
    }

    private static Optional<FieldProblem> mismatch(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case MismatchedInputException mismatch
            when !mismatch.getPath().isEmpty() ->
                Optional.of(FieldProblem.ofType(path(mismatch), mismatch.getTargetType()));
            case InputCoercionException outOfRange
            when !outOfRange.getPath().isEmpty() ->
                Optional.of(FieldProblem.ofType(path(outOfRange), outOfRange.getTargetType()));
            case null, default -> Optional.empty();
        };
    }

    /** Returns the path of a property, such as {@code filter.type} or {@code ids[0]}. */
    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ProblemDetail badRequest(RefusedRequest.Invalid e) {
        return badRequest(e.code(), List.of(new FieldProblem(e.field(), e.getMessage())));
    }

    private static ProblemDetail badRequest(String code, List<FieldProblem> errors) {
        var detail = errors.stream()
                .map(error -> error.field() + " " + error.message())
                .sorted()
                .collect(Collectors.joining("; "));
        var problem = problem(HttpStatus.BAD_REQUEST, code, detail);
        problem.setProperty("errors", errors);
        return problem;
    }

    private static ProblemDetail problem(HttpStatus status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return problem;
    }
}
