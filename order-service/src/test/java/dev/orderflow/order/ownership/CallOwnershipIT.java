package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderCalls.cancel;
import static dev.orderflow.order.OrderCalls.failure;
import static dev.orderflow.order.OrderCalls.get;
import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.reason;
import static dev.orderflow.order.OrderCalls.watch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.TestToken;
import dev.orderflow.order.api.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CallOwnershipIT extends SecuredOrders {

    @Test
    void eachCallNeedsAValidToken() {
        for (var invalid : List.of(
                CUSTOMER.unsigned(),
                CUSTOMER.tampered(),
                CUSTOMER.signedWithPublicKey(),
                CUSTOMER.expiringIn(Duration.ofMinutes(-1)).signed(),
                CUSTOMER.claim("aud", "other").signed(),
                CUSTOMER.claim("iss", "https://example.com").signed())) {
            assertUnauthenticated(calls.stub(Map.of("authorization", "Bearer " + invalid)));
        }
        assertUnauthenticated(calls.stub(Map.of()));
    }

    private static void assertUnauthenticated(OrderServiceBlockingStub stub) {
        var id = UUID.randomUUID().toString();
        assertFails(() -> stub.place(order("customer-1", line("LAMP", 1))), Code.UNAUTHENTICATED, "unauthenticated");
        assertFails(() -> stub.get(get(id)), Code.UNAUTHENTICATED, "unauthenticated");
        assertFails(() -> stub.cancel(cancel(id)), Code.UNAUTHENTICATED, "unauthenticated");
        assertFails(() -> stub.watch(watch(id)).next(), Code.UNAUTHENTICATED, "unauthenticated");
    }

    @Test
    void eachCallNeedsItsScope() {
        var reader = stub(CUSTOMER.scopes("orders:read"));
        assertFails(
                () -> reader.place(order("customer-1", line("LAMP", 1))), Code.PERMISSION_DENIED, "insufficient_scope");
        assertFails(
                () -> reader.cancel(cancel(UUID.randomUUID().toString())),
                Code.PERMISSION_DENIED,
                "insufficient_scope");
        assertFails(
                () -> stub(CUSTOMER.scopes("orders:write"))
                        .get(get(UUID.randomUUID().toString())),
                Code.PERMISSION_DENIED,
                "insufficient_scope");
    }

    @Test
    void anotherOwnersOrderDoesNotExist() {
        var id = place(CUSTOMER);

        for (var other : List.of(CUSTOMER_2, STRANGER, SHOP_OF_OTHERS)) {
            assertFails(() -> stub(other).get(get(id)), Code.NOT_FOUND, "order_not_found");
            assertFails(() -> stub(other).cancel(cancel(id)), Code.NOT_FOUND, "order_not_found");
            assertFails(() -> stub(other).watch(watch(id)).next(), Code.NOT_FOUND, "order_not_found");
        }
        assertThat(stub(SHOP).get(get(id)).getCustomerId()).isEqualTo("customer-1");
        assertThat(stub(CUSTOMER).watch(watch(id)).hasNext()).isTrue();
        assertThat(stub(CUSTOMER).cancel(cancel(id)).getOrderId()).isEqualTo(id);
    }

    @Test
    void theCustomerIsThatOfTheToken() {
        assertFails(
                () -> stub(CUSTOMER).place(order("customer-2", line("LAMP", 1))),
                Code.PERMISSION_DENIED,
                "forbidden_customer");
        assertThat(stub(SHOP).place(order("anybody", line("LAMP", 1))).getCustomerId())
                .isEqualTo("anybody");
    }

    @Test
    void anIdempotencyKeyIsItsCallersOwn() {
        var key = UUID.randomUUID().toString();
        var first = stub(CUSTOMER, key).place(order("", line("LAMP", 1)));

        assertThat(stub(CUSTOMER, key).place(order("", line("LAMP", 1)))).isEqualTo(first);
        assertThat(stub(CUSTOMER_2, key).place(order("", line("LAMP", 1))).getOrderId())
                .isNotEqualTo(first.getOrderId());
    }

    @Test
    void eventsHaveTheTenantOfTheToken() {
        assertThat(tenantsOfEvents(place(STRANGER))).containsExactly("other");
    }

    @Test
    void healthNeedsNoToken() {
        assertThat(HealthGrpc.newBlockingStub(calls.channel())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .isInitialized())
                .isTrue();
    }

    private String place(TestToken token) {
        return stub(token).place(order("", line("LAMP", 1))).getOrderId();
    }

    private OrderServiceBlockingStub stub(TestToken token) {
        return calls.stub(metadata(token));
    }

    private OrderServiceBlockingStub stub(TestToken token, String key) {
        var metadata = new HashMap<>(metadata(token));
        metadata.put("idempotency-key", key);
        return calls.stub(metadata);
    }

    private static void assertFails(ThrowingCallable call, Code code, String reason) {
        var failure = failure(call);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        assertThat(reason(failure)).isEqualTo(reason.toUpperCase(Locale.ROOT));
    }
}
