package dev.orderflow.edge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers what goes wrong in a controller with a problem detail that has a code. A service that has more to say, such as which
 * field is at fault, extends it, and its bean takes the place of this one.
 */
@RestControllerAdvice
public class EdgeProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeProblemAdvice.class);
    private static final String CODE = "code";

    /** A client that went away, as clients that wait do, gets no answer. */
    @ExceptionHandler
    @Nullable
    final ResponseEntity<Object> failed(Exception e, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("client disconnected cause={}", e.toString());
            return null;
        }
        return Outages.isOutage(e) ? unavailable(e, request) : unexpected(e, request);
    }

    /** What a client is told when the database is away. */
    protected String outageDetail() {
        return "The database cannot be reached or is too busy. Try again.";
    }

    private @Nullable ResponseEntity<Object> unavailable(Exception e, WebRequest request) {
        LOG.warn("request failed code=temporarily_unavailable cause={}", e.toString());
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "2");
        return answer(e, HttpStatus.SERVICE_UNAVAILABLE, "temporarily_unavailable", outageDetail(), headers, request);
    }

    /** The client learns nothing of our insides; the log does. */
    private @Nullable ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        LOG.error("request failed code=internal_error {}", request.getDescription(false), e);
        return answer(
                e,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal_error",
                "This is not your fault; it was logged.",
                new HttpHeaders(),
                request);
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception e, HttpStatus status, String code, String detail, HttpHeaders headers, WebRequest request) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty(CODE, code);
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /**
     * Through here goes every answer to an exception of Spring's own. A problem that has no code yet gets one that follows from
     * its status, such as {@code method_not_allowed}.
     */
    @Override
    protected final ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey(CODE))) {
            var known = HttpStatus.resolve(problem.getStatus());
            problem.setProperty(CODE, known == null ? "error" : known.name().toLowerCase(Locale.ROOT));
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
