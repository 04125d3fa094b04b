package dev.orderflow.order.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.orderflow.edge.problem.Outages;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of calls as {@code google.rpc.Status}. The first detail is always an {@link ErrorInfo} whose reason is the code of
 * the problem over HTTP.
 */
public final class CallFailures {

    /** Domain of all reasons. */
    public static final String DOMAIN = "orders.orderflow.dev";

    private static final Logger log = LoggerFactory.getLogger(CallFailures.class);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);

    /**
     * Bytes of violations in a status, which travels as metadata: clients accept 8 KB of it by default, in which the status
     * is encoded as Base64.
     */
    private static final int MOST_BYTES = 4_096;

    private static final Comparator<Violation> BY_FIELD =
            Comparator.comparing(Violation::field).thenComparing(Violation::message);

    private CallFailures() {}

    /**
     * Returns the status of a call that has failed, and logs the failure if it is the service's.
     *
     * @param method name of the call's method, for the log
     */
    public static StatusRuntimeException of(RuntimeException failure, String method) {
        return switch (failure) {
            case StatusRuntimeException status
            when status.getCause() instanceof InvalidProtocolBufferException ->
                status(
                        Code.INVALID_ARGUMENT,
                        "malformed_message",
                        "The message is not well-formed.",
                        List.of(),
                        List.of());
            case StatusRuntimeException status -> status;
            case Refusal refusal -> of(refusal);
            case RuntimeException e
            when Outages.isOutage(e) -> {
                log.warn("call failed method={} code=temporarily_unavailable cause={}", method, e.toString());
                yield status(
                        Code.UNAVAILABLE,
                        "temporarily_unavailable",
                        "The database cannot be reached or is too busy. Try again; an idempotency-key makes that safe.",
                        List.of(),
                        List.of(retry(AFTER_OUTAGE)));
            }
            case RuntimeException e -> {
                log.error("call failed method={} code=internal_error", method, e);
                yield status(
                        Code.INTERNAL,
                        "internal_error",
                        "This is not your fault; it was logged.",
                        List.of(),
                        List.of());
            }
        };
    }

    /** Returns the status of a request with invalid fields. */
    static StatusRuntimeException invalid(String code, String detail, List<Violation> violations) {
        return status(Code.INVALID_ARGUMENT, code, detail, violations, List.of());
    }

    private static StatusRuntimeException of(Refusal refusal) {
        var details = new ArrayList<Message>();
        if (refusal.resource() != null) {
            details.add(ResourceInfo.newBuilder()
                    .setResourceType("orderflow.order.v1.Order")
                    .setResourceName(refusal.resource())
                    .setDescription(String.valueOf(refusal.getMessage()))
                    .build());
        }
        retryAfter(refusal).map(CallFailures::retry).ifPresent(details::add);
        return status(
                code(refusal), refusal.code(), String.valueOf(refusal.getMessage()), refusal.violations(), details);
    }

    private static Code code(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
            case FORBIDDEN -> Code.PERMISSION_DENIED;
            case NOT_FOUND -> Code.NOT_FOUND;
            case CONFLICT -> Code.ABORTED;
            case UNACCEPTABLE ->
                refusal.code().equals("idempotency_key_reused") ? Code.ALREADY_EXISTS : Code.FAILED_PRECONDITION;
            case UNAVAILABLE -> refusal.code().equals("deadline_passed") ? Code.DEADLINE_EXCEEDED : Code.UNAVAILABLE;
            case OVERLOADED -> Code.RESOURCE_EXHAUSTED;
        };
    }

    private static Optional<Duration> retryAfter(Refusal refusal) {
        return switch (refusal.kind()) {
            case CONFLICT, OVERLOADED, UNAVAILABLE ->
                refusal.code().equals("deadline_passed")
                        ? Optional.empty()
                        : Optional.of(refusal.retryAfter() == null ? SOON : refusal.retryAfter());
            case INVALID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, UNACCEPTABLE -> Optional.empty();
        };
    }

    private static RetryInfo retry(Duration delay) {
        return RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(delay.toSeconds())
                        .setNanos(delay.toNanosPart()))
                .build();
    }

    private static StatusRuntimeException status(
            Code code, String reason, String message, List<Violation> violations, List<? extends Message> more) {
        var info = ErrorInfo.newBuilder()
                .setReason(reason.toUpperCase(Locale.ROOT))
                .setDomain(DOMAIN);
        var request = fields(violations);
        if (request != null && request.getFieldViolationsCount() < violations.size()) {
            info.putMetadata("violations", Integer.toString(violations.size()));
        }
        var status = com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(message)
                .addDetails(Any.pack(info.build()));
        if (request != null) {
            status.addDetails(Any.pack(request));
        }
        more.forEach(detail -> status.addDetails(Any.pack(detail)));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** Returns as many violations as fit, sorted because validators report them in random order. */
    private static @Nullable BadRequest fields(List<Violation> violations) {
        if (violations.isEmpty()) {
            return null;
        }
        var request = BadRequest.newBuilder();
        var bytes = 0;
        for (var violation : violations.stream().sorted(BY_FIELD).toList()) {
            var field = FieldViolation.newBuilder()
                    .setField(fieldName(violation.field()))
                    .setDescription(violation.message())
                    .build();
            bytes += field.getSerializedSize();
            if (bytes > MOST_BYTES) {
                break;
            }
            request.addFieldViolations(field);
        }
        return request.build();
    }

    /** Returns the name of a field or header over gRPC: {@code customer_id} for {@code customerId}. */
    private static String fieldName(String name) {
        return name.contains("-")
                ? name.toLowerCase(Locale.ROOT)
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
