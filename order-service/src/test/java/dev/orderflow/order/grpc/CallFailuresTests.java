package dev.orderflow.order.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.order.OrderCalls;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

class CallFailuresTests {

    @ParameterizedTest
    @MethodSource
    void eachRefusalHasItsStatusAndReason(Refusal refusal, Code code, boolean worthRepeating) {
        var failure = of(refusal);

        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        assertThat(failure.getStatus().getDescription()).isEqualTo(refusal.getMessage());
        assertThat(OrderCalls.reason(failure)).isEqualTo(refusal.code().toUpperCase(Locale.ROOT));
        assertThat(OrderCalls.detail(failure, RetryInfo.class).isPresent()).isEqualTo(worthRepeating);
    }

    static Stream<Arguments> eachRefusalHasItsStatusAndReason() {
        return Stream.of(
                Arguments.of(
                        Refusal.invalid("invalid_id", "No.", new Violation("id", "is bad")),
                        Code.INVALID_ARGUMENT,
                        false),
                Arguments.of(Refusal.notFound("order_not_found", "No."), Code.NOT_FOUND, false),
                Arguments.of(Refusal.conflict("request_in_progress", "No."), Code.ABORTED, true),
                Arguments.of(Refusal.unacceptable("unknown_sku", "No."), Code.FAILED_PRECONDITION, false),
                Arguments.of(Refusal.unacceptable("idempotency_key_reused", "No."), Code.ALREADY_EXISTS, false),
                Arguments.of(Refusal.overloaded("No."), Code.RESOURCE_EXHAUSTED, true),
                Arguments.of(Refusal.unavailable("watch_ended", "No."), Code.UNAVAILABLE, true),
                Arguments.of(Refusal.unavailable("deadline_passed", "No."), Code.DEADLINE_EXCEEDED, false));
    }

    @Test
    void aRefusalSaysWhenToRepeat() {
        var failure = of(Refusal.overloaded("No.", Duration.ofSeconds(7)));

        assertThat(OrderCalls.detail(failure, RetryInfo.class)
                        .orElseThrow()
                        .getRetryDelay()
                        .getSeconds())
                .isEqualTo(7);
    }

    @Test
    void anOutageIsWorthRepeating() {
        for (var outage : List.of(
                new DataAccessResourceFailureException("db-7 refused"),
                new CannotCreateTransactionException("pool is empty"))) {
            var failure = of(outage);

            assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
            assertThat(OrderCalls.reason(failure)).isEqualTo("TEMPORARILY_UNAVAILABLE");
            assertThat(OrderCalls.detail(failure, RetryInfo.class)).isPresent();
            assertThat(failure.getStatus().getDescription()).doesNotContain(outage.getMessage());
        }
    }

    @Test
    void anUnexpectedFailureHasNoInnerDetails() {
        var failure = of(new IllegalStateException("password=secret"));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(failure.getStatus().getDescription()).doesNotContain("secret");
        assertThat(failure.getStatus().getCause()).isNull();
        assertThat(String.valueOf(failure.getTrailers())).doesNotContain("secret");
    }

    @Test
    void aStatusStaysAsItIs() {
        var status = Status.RESOURCE_EXHAUSTED.withDescription("too large").asRuntimeException();

        assertThat(of(status)).isSameAs(status);
    }

    @Test
    void fieldsHaveTheirNamesOfThisInterfaceAndAnOrder() {
        var failure = of(Refusal.unacceptable(
                "bad",
                "No.",
                new Violation("paymentMethod", "is bad"),
                new Violation("Idempotency-Key", "is bad"),
                new Violation("lines[3].sku", "is bad"),
                new Violation("customerId", "is bad")));

        assertThat(OrderCalls.fields(failure))
                .containsExactly("idempotency-key", "customer_id", "lines[3].sku", "payment_method");
    }

    /** Clients accept 8 KB of metadata by default. */
    @Test
    void aStatusFitsIntoMetadata() {
        var violations = IntStream.range(0, 10_000)
                .mapToObj(i -> new Violation("lines[" + i + "].sku", "is not in the catalog"))
                .toList();

        var failure = of(Refusal.unacceptable("unknown_sku", "No.", violations));

        assertThat(OrderCalls.fields(failure)).hasSizeGreaterThan(20);
        assertThat(StatusProto.fromThrowable(failure).getSerializedSize()).isLessThan(8_192 * 3 / 4 - 1_000);
    }

    private static StatusRuntimeException of(RuntimeException failure) {
        return CallFailures.of(failure, "orderflow.order.v1.OrderService/Place");
    }
}
