package dev.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.shipping.carrier.FakeCarrier;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paid orders are dispatched, tracked and stopped once, whatever the carrier does. */
class ShipmentFlowIT extends ShippingFixture {

    @Test
    void aPaidOrderIsDispatchedAndFollowedToTheDoorstep() {
        var paid = orders.paid(order);

        var dispatched = awaitPublished(order, 1).getFirst();
        assertThat(new EventJson().read(dispatched.value(), ShipmentDispatched.class))
                .returns(order, ShipmentDispatched::orderId)
                .returns("trk_" + order, ShipmentDispatched::trackingId);
        carrier.set(order.toString(), "IN_TRANSIT");
        awaitTracked();
        assertThat(shown("$.state", order)).isEqualTo("DISPATCHED");
        assertThat(releases()).isEmpty();
        awaitConsumed(orders.shipped(order));
        assertThat(releases()).hasSize(1);
        carrier.set(order.toString(), "DELIVERED");

        assertThat(awaitPublished(order, 2))
                .allSatisfy(each -> assertThat(CloudEventHeaders.read(each.headers()))
                        .returns("shipping-service", EventMetadata::source)
                        .returns(paid.toString(), EventMetadata::causationId)
                        .returns("correlation-of-" + order, EventMetadata::correlationId))
                .extracting(ShipmentFlowIT::typeOf)
                .containsExactly("dispatched", "delivered");
        assertThat(shown("$.state", order)).isEqualTo("DELIVERED");
        assertThat(shown("$.trackingId", order)).isEqualTo("trk_" + order);
    }

    @Test
    void aCarrierThatFailsTwiceOrWhoseAnswerIsLostShipsOnce() {
        var failures = new AtomicInteger(2);
        var lost = new AtomicInteger(1);
        carrier.follow(request -> {
            if (!request.body().contains(order.toString()) || request.path().endsWith("/tracking")) {
                return null;
            }
            if (failures.getAndDecrement() > 0) {
                return new FakeCarrier.Response(503, "{\"code\":\"AWAY\"}");
            }
            carrier.answerByProtocol(request);
            return lost.getAndDecrement() > 0 ? FakeCarrier.Response.NONE : null;
        });
        orders.paid(order);

        awaitPublished(order, 1);
        assertThat(carrier.requests("/carrier/shipments", order.toString())).hasSize(4);
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void aRedeliveredEventHasNoSecondEffect() {
        var paid = orders.paid(order);
        awaitPublished(order, 1);

        orders.repeat(paid, order);
        awaitConsumed(orders.cancelled(order));

        assertThat(awaitPublished(order, 2))
                .extracting(ShipmentFlowIT::typeOf)
                .containsExactly("dispatched", "stopped");
        assertThat(carrier.requests("/carrier/shipments", order.toString())).hasSize(2);
    }

    /** The events of an outage of the carrier or of this service, which are handled together. */
    @Test
    void theParcelOfAnOrderThatWasCancelledBeforeItsDispatchNeverLeaves() {
        carrier.follow(request -> FakeCarrier.Response.NONE);
        orders.paid(order);
        orders.cancelled(order);
        carrier.work();

        assertThat(awaitPublished(order, 2))
                .extracting(ShipmentFlowIT::typeOf)
                .containsExactly("dispatched", "stopped");
        assertThat(releases()).isEmpty();
    }

    @Test
    void aReleaseThatFailsIsRepeatedUntilItSucceeds() {
        orders.paid(order);
        awaitPublished(order, 1);
        var failures = new AtomicInteger(2);
        carrier.follow(request -> request.path().endsWith("/release") && failures.getAndDecrement() > 0
                ? new FakeCarrier.Response(503, "{\"code\":\"AWAY\"}")
                : null);

        orders.shipped(order);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(releases()).hasSize(3));
    }

    /** Its release or its tracking shows that first. */
    @Test
    void aParcelThatTheCarrierStopsBeforeItsReleaseIsReportedOnce() {
        orders.paid(order);
        awaitPublished(order, 1);
        carrier.set(order.toString(), "STOPPED");

        awaitConsumed(orders.shipped(order));

        assertThat(awaitPublished(order, 2))
                .extracting(ShipmentFlowIT::typeOf)
                .containsExactly("dispatched", "stopped");
    }

    /** The cancellation is published while the carrier still answers the dispatch. */
    @Test
    void aCancellationThatCrossesTheDispatchStopsTheParcel() {
        var answer = new CompletableFuture<Void>();
        carrier.follow(request -> {
            if (request.path().equals("/carrier/shipments") && request.body().contains(order.toString())) {
                answer.join();
            }
            return null;
        });
        orders.paid(order);
        await().atMost(PATIENCE)
                .until(() -> !carrier.requests("/carrier/shipments", order.toString())
                        .isEmpty());
        var cancelled = orders.cancelled(order);
        answer.complete(null);
        awaitConsumed(cancelled);

        assertThat(awaitPublished(order, 2))
                .extracting(ShipmentFlowIT::typeOf)
                .containsExactly("dispatched", "stopped");
        assertThat(carrier.stateOf(order.toString())).isEqualTo("STOPPED");
        assertThat(shown("$.state", order)).isEqualTo("STOPPED");
    }

    @ParameterizedTest
    @CsvSource({"IN_TRANSIT, DISPATCHED", "DELIVERED, DELIVERED"})
    void aCancellationAfterTheParcelHasLeftIsReportedAsTooLate(String parcel, String state) {
        orders.paid(order);
        awaitPublished(order, 1);
        carrier.set(order.toString(), parcel);

        awaitConsumed(orders.cancelled(order));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published(order))
                        .extracting(ShipmentFlowIT::typeOf)
                        .contains("dispatched", "stoprefused"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown("$.state", order)).isEqualTo(state));
        assertThat(shown("$.stopRefused", order)).isEqualTo(true);
    }

    @Test
    void aFailedStopIsRepeatedUntilItSucceeds() {
        orders.paid(order);
        awaitPublished(order, 1);
        var failures = new AtomicInteger(2);
        carrier.follow(request -> request.path().endsWith("/stop") && failures.getAndDecrement() > 0
                ? new FakeCarrier.Response(503, "{\"code\":\"AWAY\"}")
                : null);
        orders.cancelled(order);

        assertThat(awaitPublished(order, 2))
                .extracting(ShipmentFlowIT::typeOf)
                .containsExactly("dispatched", "stopped");
        assertThat(carrier.requests("/carrier/shipments/" + order, "stop")).hasSize(3);
    }

    @Test
    void anOrderThatWasCancelledBeforeItWasPaidIsNotStopped() {
        awaitConsumed(orders.cancelled(order));

        assertThat(carrier.requests("/carrier/shipments", order.toString())).isEmpty();
        assertThat(published(order)).isEmpty();
    }

    @Test
    void aLostParcelIsReported() {
        orders.paid(order);
        awaitPublished(order, 1);
        carrier.set(order.toString(), "LOST");

        assertThat(awaitPublished(order, 2)).extracting(ShipmentFlowIT::typeOf).containsExactly("dispatched", "lost");
        assertThat(shown("$.state", order)).isEqualTo("LOST");
    }

    @Test
    void anUnavailableCarrierOpensTheCircuitAndAllOrdersAreDispatchedAfterIt() {
        carrier.follow(request -> FakeCarrier.Response.NONE);
        var waiting = Stream.generate(UUID::randomUUID).limit(40).toList();
        waiting.forEach(orders::paid);
        await().atMost(PATIENCE).until(() -> circuit().getState() != State.CLOSED);

        carrier.work();

        assertThat(waiting)
                .allSatisfy(each -> assertThat(awaitPublished(each, 1)).hasSize(1));
    }

    /** The shipment is one of the tenant demo. */
    @ParameterizedTest
    @CsvSource({
        "cancelled, other, is one of tenant other",
        "cancelled, -, is no tenant's id",
        "paid, other, is one of tenant other"
    })
    void anEventOfAnotherTenantIsADeadLetterAndStopsNothing(String type, String tenant, String cause) {
        orders.paid(order);
        awaitPublished(order, 1);

        orders.of(tenant, () -> type.equals("paid") ? orders.paid(order) : orders.cancelled(order));

        assertThat(awaitCauseOfDeath(order)).contains(cause);
        assertThat(carrier.stateOf(order.toString())).isEqualTo("ACCEPTED");
        assertThat(published(order)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "other"})
    void aShipmentAndItsEventsBelongToTheTenantOfTheOrder(String tenant) {
        orders.of(tenant, () -> orders.paid(order));
        awaitPublished(order, 1);
        carrier.set(order.toString(), "DELIVERED");

        assertThat(awaitPublished(order, 2))
                .extracting(message -> CloudEventHeaders.read(message.headers()).tenantId())
                .containsExactly(tenant, tenant);
        // Without access tokens, everybody is one of the tenant demo.
        http().get()
                .uri("/api/shipments/" + order)
                .exchange()
                .expectStatus()
                .isEqualTo(tenant.equals("demo") ? 200 : 404);
    }

    private List<FakeCarrier.Request> releases() {
        return carrier.requests("/carrier/shipments/" + order, "release");
    }

    private Object shown(String path, UUID id) {
        var body = http().get()
                .uri("/api/shipments/" + id)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();
        return JsonPath.read(body, path);
    }

    /** Waits until the carrier has been asked about the order twice more: then the first answer is recorded. */
    private void awaitTracked() {
        var path = "/carrier/tracking";
        var before = carrier.requests(path, order.toString()).size();
        await().atMost(PATIENCE)
                .until(() -> carrier.requests(path, order.toString()).size() >= before + 2);
    }

    private static String typeOf(ConsumerRecord<String, byte[]> message) {
        return CloudEventHeaders.read(message.headers())
                .type()
                .replace("dev.orderflow.shipment.", "")
                .replace(".v1", "");
    }
}
