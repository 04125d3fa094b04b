package dev.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentEvent;
import dev.orderflow.payment.provider.FakeProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders are charged and refunded once, whatever the provider does. */
class PaymentFlowIT extends PaymentFixture {

    @Test
    void aReservedOrderIsCharged() {
        var reserved = orders.reserved(order);

        var told = awaitPublished(order, 1).getFirst();
        assertThat(read(told, PaymentCompleted.class))
                .returns(order, PaymentCompleted::orderId)
                .returns(OrderStream.TOTAL, PaymentCompleted::amount)
                .returns("pay_" + order, PaymentCompleted::providerReference);
        assertThat(CloudEventHeaders.read(told.headers()))
                .returns("payment-service", EventMetadata::source)
                .returns(1L, EventMetadata::sequence)
                .returns(reserved.toString(), EventMetadata::causationId)
                .returns("correlation-of-" + order, EventMetadata::correlationId);
        http().get()
                .uri("/api/payments/" + order)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.orderId")
                .isEqualTo(order.toString())
                .jsonPath("$.amount.amount")
                .isEqualTo("15.30")
                .jsonPath("$.amount.currency")
                .isEqualTo("GBP")
                .jsonPath("$.state")
                .isEqualTo("CAPTURED")
                .jsonPath("$.providerReference")
                .isEqualTo("pay_" + order)
                .jsonPath("$.createdAt")
                .exists();
    }

    @Test
    void aDeclineIsPublishedWithItsReason() {
        orders.reserved(order, PaymentMethod.CARD_DECLINED);

        assertThat(read(awaitPublished(order, 1).getFirst(), PaymentDeclined.class))
                .returns(order, PaymentDeclined::orderId)
                .returns("card declined", PaymentDeclined::reason);
        assertThat(stateOf(order)).isEqualTo("DECLINED");
    }

    @Test
    void aProviderThatFailsTwiceChargesOnce() {
        failNextCalls(2);
        orders.reserved(order);

        awaitPublished(order, 1);
        assertThat(provider.requests(order.toString())).hasSize(3);
        assertThat(provider.hasCharged(order.toString())).isTrue();
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void aRepeatedCallFindsTheChargeWhoseAnswerWasLost() {
        var lost = new AtomicInteger(1);
        provider.follow(request -> {
            var answer = provider.answerByProtocol(request);
            return lost.getAndDecrement() > 0 ? FakeProvider.Response.NONE : answer;
        });
        orders.reserved(order);

        assertThat(read(awaitPublished(order, 1).getFirst(), PaymentCompleted.class)
                        .providerReference())
                .isEqualTo("pay_" + order);
        assertThat(provider.requests(order.toString())).hasSizeGreaterThanOrEqualTo(2);
    }

    /** The provider's usual time is longer than the order's, so that waiting for it would count against the provider. */
    @Test
    void aSlowProviderIsWaitedForUntilTheDeadlineAndTheChargeIsClosed() {
        var answer = new CompletableFuture<FakeProvider.Response>();
        provider.follow(request -> request.key() == null ? null : answer.join());
        orders.within(Duration.ofSeconds(2), () -> orders.reserved(order));

        assertThat(typeOf(awaitPublished(order, 1).getFirst())).isEqualTo("declined");
        answer.complete(FakeProvider.Response.NONE);
        assertThat(circuit().getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(stateOf(order)).isEqualTo("DECLINED");
    }

    @Test
    void aRedeliveredEventHasNoSecondEffect() {
        var reserved = orders.reserved(order);
        awaitPublished(order, 1);

        orders.repeat(reserved, order);
        awaitConsumed(orders.cancelled(order));

        assertThat(provider.requests(order.toString())).hasSize(1);
        assertThat(awaitPublished(order, 2)).extracting(PaymentFlowIT::typeOf).containsExactly("completed", "refunded");
    }

    @Test
    void anOrderCancelledAfterItsCaptureIsRefundedOnce() {
        orders.reserved(order);
        orders.cancelled(order);

        var told = awaitPublished(order, 2);
        assertThat(told).extracting(PaymentFlowIT::typeOf).containsExactly("completed", "refunded");
        assertThat(told)
                .extracting(message -> CloudEventHeaders.read(message.headers()).sequence())
                .containsExactly(1L, 2L);
        assertThat(provider.requests(order + "-refund")).hasSize(1);
        assertThat(stateOf(order)).isEqualTo("REFUNDED");
    }

    @Test
    void aFailedRefundIsRepeatedUntilItSucceeds() {
        orders.reserved(order);
        awaitPublished(order, 1);
        failNextCalls(2);
        orders.cancelled(order);

        awaitPublished(order, 2);
        assertThat(provider.hasRefunded(order + "-refund")).isTrue();
        assertThat(stateOf(order)).isEqualTo("REFUNDED");
    }

    @Test
    void aCancelledOrderThatWasNeverChargedOrWasDeclinedIsNotRefunded() {
        var declined = UUID.randomUUID();
        awaitConsumed(orders.cancelled(order));
        orders.reserved(declined, PaymentMethod.CARD_DECLINED);
        awaitConsumed(orders.cancelled(declined));

        assertThat(provider.requests(order + "-refund")).isEmpty();
        assertThat(provider.requests(declined + "-refund")).isEmpty();
        assertThat(awaitPublished(declined, 1)).hasSize(1);
    }

    /** A failover of order-service's database that loses the transaction makes it publish the reservation again. */
    @Test
    void aReservationThatIsPublishedAgainUnderAnotherIdIsChargedOnce() {
        orders.reserved(order);
        awaitPublished(order, 1);

        awaitConsumed(orders.reserved(order));
        orders.cancelled(order);

        assertThat(awaitPublished(order, 2)).extracting(PaymentFlowIT::typeOf).containsExactly("completed", "refunded");
        assertThat(provider.requests(order.toString())).hasSize(1);
    }

    /** The payment is one of the tenant demo. */
    @ParameterizedTest
    @CsvSource({
        "cancelled, other, is one of tenant other",
        "cancelled, -, is no tenant's id",
        "reserved, other, is one of tenant other"
    })
    void anEventOfAnotherTenantIsADeadLetterAndMovesNoMoney(String type, String tenant, String cause) {
        orders.reserved(order);
        awaitPublished(order, 1);

        orders.of(tenant, () -> type.equals("reserved") ? orders.reserved(order) : orders.cancelled(order));

        assertThat(awaitCauseOfDeath(order)).contains(cause);
        assertThat(stateOf(order)).isEqualTo("CAPTURED");
        assertThat(provider.requests(order + "-refund")).isEmpty();
        assertThat(told(order)).hasSize(1);
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "other"})
    void aPaymentAndItsAnswersBelongToTheTenantOfTheOrder(String tenant) {
        orders.of(tenant, () -> orders.reserved(order));
        awaitPublished(order, 1);
        orders.of(tenant, () -> orders.cancelled(order));

        assertThat(awaitPublished(order, 2))
                .extracting(message -> CloudEventHeaders.read(message.headers()).tenantId())
                .containsExactly(tenant, tenant);
        assertThat(jdbc.sql("SELECT tenant FROM payment WHERE order_id = :id")
                        .param("id", order)
                        .query(String.class)
                        .single())
                .isEqualTo(tenant);
        // Without access tokens, everybody is one of the tenant demo.
        assertThat(http().get()
                        .uri("/api/payments/" + order)
                        .exchange()
                        .returnResult(String.class)
                        .getStatus()
                        .value())
                .isEqualTo(tenant.equals("demo") ? 200 : 404);
    }

    private String awaitCauseOfDeath(UUID key) {
        return await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("SELECT message FROM dead_letter WHERE key = :key")
                                .param("key", key.toString())
                                .query(String.class)
                                .list(),
                        causes -> !causes.isEmpty())
                .getFirst();
    }

    private static void failNextCalls(int times) {
        var failures = new AtomicInteger(times);
        provider.follow(request ->
                failures.getAndDecrement() > 0 ? new FakeProvider.Response(503, "{\"code\":\"AWAY\"}") : null);
    }

    /** Waits until this service has published at least {@code count} events of {@code key}, and returns them. */
    private static List<ConsumerRecord<String, byte[]>> awaitPublished(UUID key, int count) {
        return await().atMost(PATIENCE).until(() -> told(key), told -> told.size() >= count);
    }

    private static List<ConsumerRecord<String, byte[]>> told(UUID key) {
        return TestInfrastructure.get().topics().read(Topics.PAYMENT_EVENTS).stream()
                .filter(message -> message.key().equals(key.toString()))
                .toList();
    }

    private void awaitConsumed(UUID eventId) {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT count(*) FROM inbox WHERE event_id = :id")
                                .param("id", eventId)
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    private String stateOf(UUID orderId) {
        return jdbc.sql("SELECT state FROM payment WHERE order_id = :id")
                .param("id", orderId)
                .query(String.class)
                .single();
    }

    private static <E extends PaymentEvent> E read(ConsumerRecord<String, byte[]> message, Class<E> type) {
        return new EventJson().read(message.value(), type);
    }

    private static String typeOf(ConsumerRecord<String, byte[]> message) {
        return CloudEventHeaders.read(message.headers())
                .type()
                .replace("dev.orderflow.payment.", "")
                .replace(".v1", "");
    }
}
