package dev.orderflow.eventing.fault;

import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Responds with the same problem details in every service, whatever advice the service has of its own. */
@RestControllerAdvice(assignableTypes = FaultController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class FaultProblemAdvice {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(FaultRefusal e) {
        var status = switch (e.kind()) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
        };
        return problem(status, e.code(), Objects.toString(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentNotValidException e) {
        return invalid(e.getFieldErrors().stream()
                .map(error -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; ")));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentTypeMismatchException e) {
        return invalid(e.getName() + " is not valid");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e) {
        return invalid(
                e.getCause() instanceof DatabindException cause
                                && !cause.getPath().isEmpty()
                        ? pathOf(cause) + " cannot be read: " + cause.getOriginalMessage()
                        : "the body is not the expected JSON");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> brokerAway(KafkaException e) {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE, "broker_unavailable", "the broker does not take it: " + e.getMessage());
    }

    private static ResponseEntity<ProblemDetail> invalid(String detail) {
        return problem(HttpStatus.BAD_REQUEST, "invalid", detail);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return ResponseEntity.of(problem).build();
    }

    private static String pathOf(JacksonException e) {
        return e.getPath().stream()
                .map(step -> String.valueOf(step.getPropertyName()))
                .collect(Collectors.joining("."));
    }
}
