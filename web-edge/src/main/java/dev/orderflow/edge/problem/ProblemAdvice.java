package dev.orderflow.edge.problem;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
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
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers each exception of a controller with a problem detail that has a code. The only advice of a service. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Wording wording;
    private final String outageDetail;

    ProblemAdvice(Wording wording, String outageDetail) {
        this.wording = wording;
        this.outageDetail = outageDetail;
    }

    /** Answers a refusal with its own code, detail and fields. Refusals are not logged: they are regular answers. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
        var headers = new HttpHeaders();
        if (refusal.retryAfter() != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
        }
        var detail = String.valueOf(refusal.getMessage());
        var problem = Problems.of(refusal.status(), refusal.code(), detail, refusal.violations());
        return handleExceptionInternal(refusal, problem, headers, refusal.status(), request);
    }

    /**
     * Sends no answer to a client that has disconnected, as waiting clients do. Only the types of the client's connection say so:
     * Spring's {@code DisconnectedClientHelper} also takes a lost connection to the database for it, and the answer would be an empty
     * 200.
     */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> failed(Exception e, WebRequest request) {
        if (isOfClient(e)) {
            LOG.debug("client disconnected cause={}", e.toString());
            return null;
        }
        return Outages.isOutage(e) ? unavailable(e, request) : unexpected(e, request);
    }

    private static boolean isOfClient(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(cause ->
                        cause instanceof ClientAbortException || cause instanceof AsyncRequestNotUsableException);
    }

    private @Nullable ResponseEntity<Object> unavailable(Exception e, WebRequest request) {
        LOG.warn("request failed code=temporarily_unavailable cause={}", e.toString());
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "2");
        var status = HttpStatus.SERVICE_UNAVAILABLE;
        var problem = Problems.of(status, "temporarily_unavailable", outageDetail);
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /** Hides the service's internals from the client; the log has them. */
    private @Nullable ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        LOG.error("request failed code=internal_error {}", request.getDescription(false), e);
        var status = HttpStatus.INTERNAL_SERVER_ERROR;
        var problem = Problems.of(status, "internal_error", "This is not your fault; it was logged.");
        return handleExceptionInternal(e, problem, new HttpHeaders(), status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, wording.invalid(status, Violations.of(e)), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, wording.invalid(status, Violations.of(e)), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = wording.missing(status, e.getParameterName());
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = wording.mismatch(status, Violations.field(e), Violations.wantedType(e));
        return problem == null
                ? super.handleTypeMismatch(e, headers, status, request)
                : handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = wording.unreadable(status, UnreadableBody.of(e));
        return problem == null
                ? super.handleHttpMessageNotReadable(e, headers, status, request)
                : handleExceptionInternal(e, problem, headers, status, request);
    }

    /**
     * Completes every answer to Spring's own exceptions: a problem without a code gets one derived from its status,
     * such as {@code method_not_allowed}.
     */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey(Problems.CODE))) {
            var known = HttpStatus.resolve(problem.getStatus());
            problem.setProperty(
                    Problems.CODE, known == null ? "error" : known.name().toLowerCase(Locale.ROOT));
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
