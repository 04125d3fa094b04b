package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderCalls.cancel;
import static dev.orderflow.order.OrderCalls.failure;
import static dev.orderflow.order.OrderCalls.fields;
import static dev.orderflow.order.OrderCalls.get;
import static dev.orderflow.order.OrderCalls.id;
import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.reason;
import static dev.orderflow.order.OrderCalls.watch;
import static dev.orderflow.order.api.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static dev.orderflow.order.api.v1.OrderStatus.ORDER_STATUS_PLACED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.CancellationReason;
import dev.orderflow.order.api.v1.PlaceRequest;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

@OrderServiceTest
@Timeout(120)
class OrderGrpcIT {

    @Autowired
    OrderCalls calls;

    @Autowired
    OrderClient client;

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void anOrderReadsTheSameOverBothProtocols() {
        var placed = calls.stub(Map.of()).place(order("both", line("LAMP", 2), line("LAMP", 1)));

        var rest = client.get(id(placed));
        assertThat(placed.getTotal().getAmount()).isEqualTo("7.65").isEqualTo(rest.get("$.total.amount"));
        assertThat(placed.getStatus()).isEqualTo(ORDER_STATUS_PLACED);
        assertThat(placed.getLines(0).getName()).isEqualTo(rest.get("$.lines[0].name"));
        assertThat(Instant.ofEpochSecond(
                        placed.getPlacedAt().getSeconds(), placed.getPlacedAt().getNanos()))
                .isEqualTo(rest.<String>get("$.placedAt"));
        assertThat(calls.stub().get(get(placed.getOrderId()))).isEqualTo(placed);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerOverEitherProtocol() {
        var stub = calls.stub(Map.of("idempotency-key", key));
        var first = stub.place(order("again", line("LAMP", 1)));
        calls.stub().cancel(cancel(first.getOrderId()));

        assertThat(stub.place(order("again", line("LAMP", 1)))).isEqualTo(first);
        assertThat(client.place(OrderClient.order("again", OrderClient.line("LAMP", 1)), key)
                        .orderId())
                .isEqualTo(id(first));
    }

    @Test
    void anotherOrderWithTheSameKeyIsRefused() {
        var stub = calls.stub(Map.of("idempotency-key", key));
        stub.place(order("again", line("LAMP", 1)));

        var refused = failure(() -> stub.place(order("again", line("LAMP", 2))));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(reason(refused)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(fields(refused)).containsExactly("idempotency-key");
    }

    @Test
    void invalidFieldsAreNamed() {
        var refused = failure(() -> calls.stub()
                .place(PlaceRequest.newBuilder()
                        .addLines(line("?", 1))
                        .addLines(line("LAMP", -1))
                        .build()));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(reason(refused)).isEqualTo("VALIDATION_FAILED");
        assertThat(OrderCalls.detail(refused, ErrorInfo.class).orElseThrow().getDomain())
                .isEqualTo("orders.orderflow.dev");
        assertThat(fields(refused))
                .containsExactly("customer_id", "lines[0].sku", "lines[1].quantity", "payment_method");
    }

    @Test
    void aKeyThatIsInvalidIsNamed() {
        var refused =
                failure(() -> calls.stub(Map.of("idempotency-key", "a b")).place(order("again", line("LAMP", 1))));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(fields(refused)).containsExactly("idempotency-key");
    }

    @Test
    void anOrderThatCannotBePlacedNamesTheReason() {
        var unknown = failure(() -> calls.stub().place(order("refused", line("LAMP", 1), line("NO-SUCH", 1))));
        var coupons = failure(() -> calls.stub()
                .place(order("refused", line("LAMP", 1)).toBuilder()
                        .addCoupons("C")
                        .build()));

        assertThat(unknown.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(reason(unknown)).isEqualTo("UNKNOWN_SKU");
        assertThat(fields(unknown)).containsExactly("lines[1].sku");
        assertThat(coupons.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(reason(coupons)).isEqualTo("COUPON_REJECTED");
    }

    @Test
    void anUnknownOrderIsNamed() {
        var unknown = UUID.randomUUID().toString();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> calls.stub().get(get(unknown)),
                () -> calls.stub().cancel(cancel(unknown)),
                () -> calls.stub().watch(watch(unknown)).next())) {
            var refused = failure(call);
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
            assertThat(reason(refused)).isEqualTo("ORDER_NOT_FOUND");
            assertThat(OrderCalls.detail(refused, ResourceInfo.class)
                            .orElseThrow()
                            .getResourceName())
                    .isEqualTo(unknown);
        }
        assertThat(fields(failure(() -> calls.stub().get(get("4711"))))).containsExactly("order_id");
    }

    @Test
    void aCancelledOrderStaysCancelled() {
        var placed = calls.stub(Map.of()).place(order("cancelling", line("LAMP", 1)));

        var cancelled = calls.stub().cancel(cancel(placed.getOrderId()));

        assertThat(cancelled.getStatus()).isEqualTo(ORDER_STATUS_CANCELLED);
        assertThat(cancelled.getReason()).isEqualTo(CancellationReason.CANCELLATION_REASON_CUSTOMER_REQUEST);
        assertThat(calls.stub().cancel(cancel(placed.getOrderId()))).isEqualTo(cancelled);
    }
}
