package dev.orderflow.inventory.problem;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Gives every error answer a code, and names the fields that are wrong. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** The database does not answer, or is too busy: the same request may succeed later. */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        RecoverableDataAccessException.class,
        TransientDataAccessException.class
    })
    @Nullable
    ResponseEntity<Object> handleUnavailable(Exception e, WebRequest request) {
        log.warn(
                "request=refused {} cause=\"{}\"",
                request.getDescription(false),
                getMostSpecificCause(e).getMessage());
        var status = HttpStatus.SERVICE_UNAVAILABLE;
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        var problem = Problems.of(status, Problems.UNAVAILABLE, "the database does not answer; try again");
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /** The caller learns nothing of our insides; the log does. */
    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> handleUnexpected(Exception e, WebRequest request) {
        log.error("request=failed {}", request.getDescription(false), e);
        var status = HttpStatus.INTERNAL_SERVER_ERROR;
        var problem = Problems.of(status, Problems.INTERNAL_ERROR, "the request could not be served");
        return handleExceptionInternal(e, problem, new HttpHeaders(), status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e.getFieldErrors().stream()
                .map(error -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return handleExceptionInternal(e, Problems.ofFields(status, errors), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e.getParameterValidationResults().stream()
                .flatMap(ProblemAdvice::describe)
                .toList();
        return handleExceptionInternal(e, Problems.ofFields(status, errors), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var field =
                e instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : e.getPropertyName();
        var error = new FieldProblem(String.valueOf(field), Problems.wrongType(e.getRequiredType()));
        return handleExceptionInternal(e, Problems.ofFields(status, List.of(error)), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, UnreadableBody.describe(e, status), headers, status, request);
    }

    /** What has no code of its own gets its status, such as {@code method_not_allowed}. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey(Problems.CODE))) {
            var code = HttpStatus.valueOf(status.value()).name().toLowerCase(Locale.ROOT);
            problem.setProperty(Problems.CODE, code);
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    private static Stream<FieldProblem> describe(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return errors.getFieldErrors().stream()
                    .map(error -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())));
        }
        var parameter = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new FieldProblem(parameter, String.valueOf(error.getDefaultMessage())));
    }
}
