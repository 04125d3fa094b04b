package dev.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Topics;
import dev.orderflow.shipping.carrier.FakeCarrier;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracking beside another instance and beside handlers, and of many shipments. */
class TrackingIT extends ShippingFixture {

    private static final String TRACKING = "/carrier/tracking";

    @Test
    void anInstanceTracksNothingWhileAnotherHasTheLeaseAndTakesOverWhenItHasExpired() {
        orders.paid(order);
        awaitPublished(order, 1);
        leaseToAnother("25 seconds");
        var before = requests();
        carrier.set(order.toString(), "DELIVERED");

        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> requests() <= before + 1);
        leaseToAnother("0 seconds");

        assertThat(awaitPublished(order, 2)).hasSize(2);
    }

    @Test
    void moreShipmentsThanABatchAreDeliveredOnceEach() {
        var many = Stream.generate(UUID::randomUUID).limit(230).toList();
        many.forEach(orders::paid);
        await().atMost(PATIENCE).until(() -> publishedOf(many).size() == many.size());

        many.forEach(each -> carrier.set(each.toString(), "DELIVERED"));

        await().atMost(PATIENCE).until(() -> publishedOf(many).size() >= 2 * many.size());
        assertThat(publishedOf(many))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(many.stream(), many.stream())
                        .map(UUID::toString)
                        .toList());
    }

    private static List<String> publishedOf(List<UUID> keys) {
        var wanted = keys.stream().map(UUID::toString).collect(Collectors.toSet());
        return TestInfrastructure.get().topics().read(Topics.SHIPPING_EVENTS).stream()
                .map(ConsumerRecord::key)
                .filter(wanted::contains)
                .toList();
    }

    @Test
    void aCarrierThatIsAwayLeavesShipmentsDue() {
        orders.paid(order);
        awaitPublished(order, 1);
        carrier.follow(request -> request.path().equals(TRACKING) ? FakeCarrier.Response.NONE : null);
        var before = requests();
        await().atMost(PATIENCE).until(() -> requests() > before);
        carrier.set(order.toString(), "DELIVERED");

        carrier.work();

        assertThat(awaitPublished(order, 2)).hasSize(2);
    }

    @Test
    void aShipmentThatTheCarrierRefusesKeepsNoOtherFromBeingTracked() {
        var bad = UUID.randomUUID();
        carrier.follow(
                request -> request.path().equals(TRACKING) && request.body().contains(bad.toString())
                        ? new FakeCarrier.Response(400, "{}")
                        : null);
        orders.paid(bad);
        awaitPublished(bad, 1);
        orders.paid(order);
        awaitPublished(order, 1);
        carrier.set(order.toString(), "DELIVERED");

        assertThat(awaitPublished(order, 2)).hasSize(2);
        assertThat(published(bad)).hasSize(1);
    }

    @Test
    void aFailureOfTrackingAloneKeepsNoOrderFromBeingDispatched() {
        orders.paid(order);
        awaitPublished(order, 1);
        carrier.follow(request -> request.path().equals(TRACKING) ? FakeCarrier.Response.NONE : null);
        await().atMost(PATIENCE).until(() -> trackingCircuit().getState() != State.CLOSED);
        var next = UUID.randomUUID();
        orders.paid(next);

        assertThat(awaitPublished(next, 1)).hasSize(1);
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    }

    /** Tracking has locked the shipment when the answer to the release is recorded. */
    @ParameterizedTest
    @ValueSource(strings = {"shipped", "cancelled"})
    void whatTrackingRecordsAtTheSameTimeIsReportedOnce(String type) {
        orders.paid(order);
        awaitPublished(order, 1);
        var event = new AtomicReference<UUID>();

        transactions.executeWithoutResult(status -> {
            assertThat(jdbc.sql("UPDATE shipment SET state = 'STOPPED', final_at = now() WHERE order_id = :order")
                            .param("order", order)
                            .update())
                    .isOne();
            carrier.set(order.toString(), "STOPPED");
            event.set(type.equals("shipped") ? orders.shipped(order) : orders.cancelled(order));
            await().atMost(PATIENCE).until(this::someoneWaitsForALock);
        });

        awaitConsumed(event.get());
        // Only the dispatch: the transaction that recorded the stop published nothing.
        assertThat(published(order)).hasSize(1);
    }

    private boolean someoneWaitsForALock() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                .query(Boolean.class)
                .single();
    }

    private int requests() {
        return carrier.requests(TRACKING, order.toString()).size();
    }

    private void leaseToAnother(String time) {
        jdbc.sql("UPDATE tracking_lease SET holder = gen_random_uuid(), expires_at = now() + :time::interval")
                .param("time", time)
                .update();
    }
}
