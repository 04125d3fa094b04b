package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderCalls.cancel;
import static dev.orderflow.order.OrderCalls.failure;
import static dev.orderflow.order.OrderCalls.get;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.reason;
import static dev.orderflow.order.OrderCalls.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.TestToken;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.AnswersFromOthers;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.api.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The reads and changes of a tenant that operators have switched off. */
class TenantSwitchIT extends SecuredOrders {

    private static final String ORDER = OrderClient.order("customer-1", OrderClient.line("LAMP", 1));

    private final String tenant = "t-" + UUID.randomUUID();
    private final TestToken customer = CUSTOMER.tenant(tenant);

    @Autowired
    AnswersFromOthers others;

    @AfterEach
    void switchOn() {
        record(true);
    }

    @Test
    void itChangesNothingOverEitherProtocolAndReads() {
        var id = as(customer).place(ORDER, null).orderId();
        switchOff();

        assertRefused(as(customer).cancel(id));
        assertFails(() -> stub().place(order("customer-1", OrderCalls.line("LAMP", 1))));
        assertFails(() -> stub().cancel(cancel(id.toString())));
        assertThat(as(customer).get(id).<String>get("$.status")).isEqualTo("PLACED");
        assertThat(as(customer).get("/api/orders").status()).isEqualTo(200);
        assertThat(stub().get(get(id.toString())).getOrderId()).isEqualTo(id.toString());
        assertThat(stub().watch(watch(id.toString())).hasNext()).isTrue();
        assertThat(as(CUSTOMER).place(ORDER, null).status()).isEqualTo(201);
    }

    @Test
    void itsOrdersAreCompletedAndItsCustomersCanBeErased() {
        var id = as(customer).place(ORDER, null).orderId();
        switchOff();

        others.publishOf(tenant, new StockReserved(id, Instant.EPOCH));

        assertThat(as(customer)
                        .get("/api/orders/" + id + "?await=RESERVED&timeout=60s")
                        .<String>get("$.status"))
                .isEqualTo("RESERVED");
        assertThat(as(OPERATOR.tenant(tenant))
                        .delete("/api/customers/customer-1")
                        .<String>get("$.code"))
                .isEqualTo("orders_in_progress");
    }

    @Test
    void whenItIsSwitchedOnItPlacesOrdersAgain() {
        switchOff();

        record(true);

        await().untilAsserted(() ->
                assertThat(as(customer).place(ORDER, null).status()).isEqualTo(201));
    }

    private void switchOff() {
        record(false);
        await().untilAsserted(() -> assertRefused(as(customer).place(ORDER, null)));
    }

    /** Switches the tenant as an operator of another instance does. */
    private void record(boolean enabled) {
        jdbc.sql("""
                        INSERT INTO admin_audit (who, action, target, result)
                        VALUES ('test', 'TENANT_SWITCHED', jsonb_build_object('tenant', :tenant::text),
                                jsonb_build_object('enabled', :enabled::boolean, 'reason', 'test'))
                        """).param("tenant", tenant).param("enabled", enabled).update();
    }

    private OrderServiceBlockingStub stub() {
        return calls.stub(metadata(customer));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.<String>get("$.code")).isEqualTo("tenant_switched_off");
    }

    private static void assertFails(ThrowingCallable call) {
        var failure = failure(call);
        assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(reason(failure)).isEqualTo("TENANT_SWITCHED_OFF");
    }
}
