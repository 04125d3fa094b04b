package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.orderflow.edge.Turns;
import dev.orderflow.edge.paging.Page;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.ownership.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;

@Timeout(30)
class OrderControllerTests extends OrderRequestScenario {

    private static final Ownership ANYBODY = new Ownership("demo", null, "");

    @Autowired
    AccessControl access;

    private static final UUID ID = UUID.fromString("019a9999-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-11-21T09:00:00.123456Z");
    private static final Money PRICE = Money.of("15.30", "GBP");
    private static final OrderView ORDER = new OrderView(
            ID,
            "ann",
            OrderStatus.PLACED,
            null,
            List.of(new OrderView.Line("LAMP", "Lamp", 1, PRICE, PRICE)),
            List.of(new OrderView.Discount("Spring", ID, 3, Money.of("1.00", "GBP"))),
            Money.of("14.30", "GBP"),
            AT,
            0,
            List.of(new OrderView.Change(OrderStatus.PLACED, AT, null)));

    @Test
    void aCustomerCannotHaveTheNameOfAReference() {
        assertThat(post(VALID.replace("ann", "~8f14e45f-ceea-467f-a1c0-9d5d2a7c3b11")))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("customerId");
        verifyNoInteractions(placement);
    }

    @Test
    void aPlacedOrderIsAnsweredAsDocumented() {
        when(placement.place(any(), any(), isNull())).thenReturn(ORDER);

        assertThat(post(VALID))
                .hasStatus(201)
                .hasHeader(HttpHeaders.LOCATION, "/api/orders/" + ID)
                .bodyJson()
                .isStrictlyEqualTo("""
                    {
                      "orderId": "019a9999-0000-7000-8000-000000000001",
                      "customerId": "ann",
                      "status": "PLACED",
                      "reason": null,
                      "lines": [{
                        "sku": "LAMP",
                        "name": "Lamp",
                        "quantity": 1,
                        "unitPrice": {"amount": "15.30", "currency": "GBP"},
                        "amount": {"amount": "15.30", "currency": "GBP"}
                      }],
                      "discounts": [{
                        "rule": "Spring",
                        "promotionId": "019a9999-0000-7000-8000-000000000001",
                        "version": 3,
                        "amount": {"amount": "1.00", "currency": "GBP"}
                      }],
                      "total": {"amount": "14.30", "currency": "GBP"},
                      "placedAt": "2026-11-21T09:00:00.123456Z",
                      "version": 0,
                      "history": [{"status": "PLACED", "at": "2026-11-21T09:00:00.123456Z", "reason": null}]
                    }
                    """);
    }

    @Test
    void pricesAndOtherUnknownFieldsThatAClientSendsAreIgnored() {
        when(placement.place(any(), any(), any())).thenReturn(ORDER);

        assertThat(post("""
            {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 1, "unitPrice": "0.01"}],
             "coupons": [], "paymentMethod": "CARD", "total": {"amount": "0.01", "currency": "GBP"}}
            """)).hasStatus(201);

        verify(placement)
                .place(ANYBODY, new NewOrder("ann", List.of(new NewOrder.Line("LAMP", 1)), PaymentMethod.CARD), null);
    }

    @Test
    void aRefusalIsAnsweredWithItsCode() {
        when(placement.place(any(), any(), any())).thenThrow(Refusal.conflict("request_in_progress", "Later."));

        assertThat(post(VALID)).satisfies(problem(409, "request_in_progress"));
    }

    @Test
    void withoutItsDatabaseTheServiceIsUnavailable() {
        when(placement.place(any(), any(), any()))
                .thenThrow(new DataAccessResourceFailureException("connection refused"));

        assertThat(post(VALID))
                .satisfies(problem(503, "temporarily_unavailable"))
                .hasHeader(HttpHeaders.RETRY_AFTER, "2");
    }

    @Test
    void anErrorOfOurOwnIsNotExplainedToClients() {
        when(placement.place(any(), any(), any())).thenThrow(new IllegalStateException("secret"));

        assertThat(post(VALID))
                .satisfies(problem(500, "internal_error"))
                .bodyText()
                .doesNotContain("secret");
    }

    @Test
    void anOrderIsReadAfterTheWait() {
        when(waits.await(
                        eq("127.0.0.1"),
                        eq(ANYBODY),
                        eq(ID),
                        eq(Set.of(OrderStatus.PAID, OrderStatus.CANCELLED)),
                        eq(Duration.ofMillis(1500)),
                        any()))
                .thenAnswer(call -> call.<Supplier<OrderView>>getArgument(5).get());
        when(reader.get(ID, ANYBODY)).thenReturn(ORDER);

        assertThat(mvc.get().uri("/api/orders/" + ID + "?await=PAID,CANCELLED&timeout=1500ms"))
                .hasStatusOk();

        verify(reader).get(ID, ANYBODY);
    }

    @Test
    void withoutAwaitNothingIsWaitedFor() {
        when(reader.get(ID, ANYBODY)).thenReturn(ORDER);

        assertThat(mvc.get().uri("/api/orders/" + ID)).hasStatusOk();

        verifyNoInteractions(waits);
    }

    /** Later requests would wait behind all of them, for as long as they have patience. */
    @Test
    void readsOfAnOrderWaitForTheirTurnWithABoundOnTheirNumber() throws InterruptedException {
        var reading = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        when(reader.get(ID, ANYBODY)).thenAnswer(call -> {
            reading.countDown();
            done.await();
            return ORDER;
        });
        var turns = new Turns(1, 0, Duration.ofMinutes(1), () -> {});
        var controller = new OrderController(admission, placement, reader, waits, cancellation, turns, access);
        Supplier<OrderView> read = () -> controller.get(ID, null, Duration.ZERO, new MockHttpServletRequest());
        var first = CompletableFuture.supplyAsync(read, Executors.newVirtualThreadPerTaskExecutor());
        reading.await();

        assertThatExceptionOfType(Refusal.class).isThrownBy(read::get);

        done.countDown();
        assertThat(first)
                .as("the request that has its turn")
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(ORDER);
    }

    @Test
    void aListIsFilteredAndContinued() {
        var after = new OrderCursor(AT, ID);
        when(reader.list(new OrderFilter("demo", "ann", OrderStatus.PAID), after, 5))
                .thenReturn(new Page<>(List.of(ORDER), "next"));

        assertThat(mvc.get().uri("/api/orders?customerId=ann&status=PAID&limit=5&cursor=" + after.encode()))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.items[0].orderId", id -> assertThat(id).isEqualTo(ID.toString()))
                .hasPathSatisfying("$.nextCursor", cursor -> assertThat(cursor).isEqualTo("next"));
    }

    @Test
    void aCancellationIsAccepted() {
        when(cancellation.cancel(ID, ANYBODY)).thenReturn(ORDER);

        assertThat(mvc.post().uri("/api/orders/" + ID + "/cancel")).hasStatus(202);
    }

    @Test
    void anUnknownOrderIsNotFound() {
        when(reader.get(ID, ANYBODY)).thenThrow(OrderReader.notFound(ID));

        assertThat(mvc.get().uri("/api/orders/" + ID)).satisfies(problem(404, "order_not_found"));
    }

    @Test
    void errorsOfHttpHaveACodeToo() {
        assertThat(mvc.get().uri("/api/nothing")).satisfies(problem(404, "not_found"));
        assertThat(mvc.delete().uri("/api/orders/" + ID)).satisfies(problem(405, "method_not_allowed"));
        assertThat(mvc.post().uri("/api/orders").content("<order/>").contentType("application/xml"))
                .satisfies(problem(415, "unsupported_media_type"));
    }
}
