package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.printed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests the verdicts on orders and their parcels. */
class ShipmentsIT extends StoryFixture {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String ORDER_PAID = Service.typeOf(OrderPaid.class);

    ShipmentsIT(World world) {
        super(world);
    }

    @Test
    void aDeliveredOrderIsNoFault() throws Exception {
        story.delivered();

        assertThat(printed(faultless())).contains("GBP 30.60 paid");
    }

    @Test
    void anOrderWhoseParcelIsLostIsNoFault() throws Exception {
        story.lost();

        assertThat(printed(faultless())).contains("GBP 15.30 paid");
    }

    @Test
    void anOrderWhoseParcelTheCarrierHasStoppedIsNoFault() throws Exception {
        var order = story.shipped();
        story.parcels.become(order, "STOPPED", ShipmentStopped.class);
        story.cancelled(order, "PARCEL_STOPPED");

        assertThat(printed(faultless())).contains("GBP 15.30 paid");
    }

    @Test
    void aPaidOrderWhoseParcelIsRegisteredIsReportedUntilItIsShipped() throws Exception {
        var order = story.paid();
        story.parcels.register(order);

        assertReported(order, "is PAID but its shipment is DISPATCHED");
    }

    @Test
    void aPaidOrderWhoseDispatchIsTriedAgainIsInFlight() throws Exception {
        trouble.hold(Service.SHIPPING, story.paid(), ORDER_PAID, "RETRYING", "1 hour");
        world.settle();
        var report = world.verify(Duration.ofSeconds(3));

        assertThat(report.isKept()).as(printed(report)).isTrue();
    }

    @Test
    void aShippedOrderWithoutShipmentIsReported() throws Exception {
        var order = story.paid();
        story.become(order, "SHIPPED", null);

        assertReported(order, "is SHIPPED but its shipment is missing");
    }

    @Test
    void aShippedOrderWhoseParcelIsStoppedIsReported() throws Exception {
        var order = story.shipped();
        story.parcels.become(order, "STOPPED", ShipmentStopped.class);

        assertReported(order, "is SHIPPED but its shipment is STOPPED");
    }

    @Test
    void aShippedOrderWhoseParcelHasArrivedIsReported() throws Exception {
        var order = story.shipped();
        story.parcels.become(order, "DELIVERED", ShipmentDelivered.class);

        assertReported(order, "is SHIPPED but its shipment is DELIVERED");
    }

    @Test
    void aShippedOrderWhoseParcelIsLostIsReported() throws Exception {
        var order = story.shipped();
        story.parcels.become(order, "LOST", ShipmentLost.class);

        assertReported(order, "is SHIPPED but its shipment is LOST");
    }

    @Test
    void aDeliveredOrderWhoseParcelIsOnItsWayIsReported() throws Exception {
        var order = story.shipped();
        story.become(order, "DELIVERED", null);

        assertReported(order, "is DELIVERED but its shipment is DISPATCHED");
    }

    @Test
    void aShipmentOfAnOrderThatWasNeverPaidIsReported() throws Exception {
        var order = story.declined();
        story.parcels.register(order);

        assertReported(order, "has a shipment but was never paid");
    }

    @Test
    void aParcelOfACancelledOrderThatIsNotStoppedIsReported() throws Exception {
        var order = story.refunded();
        story.parcels.register(order);

        assertReported(order, "is CANCELLED (CUSTOMER_REQUEST) but its shipment is DISPATCHED");
    }

    @Test
    void anOrderThatIsCancelledForALostParcelWhichIsNotLostIsReported() throws Exception {
        var order = story.shipped();
        story.become(order, "CANCELLED", "PARCEL_LOST");
        story.refund(order);

        assertReported(order, "is CANCELLED (PARCEL_LOST) but its shipment is DISPATCHED");
    }

    @Test
    void anOrderThatIsCancelledForAStoppedParcelWhichIsNotStoppedIsReported() throws Exception {
        var order = story.shipped();
        story.cancelled(order, "PARCEL_STOPPED");

        assertReported(order, "is CANCELLED (PARCEL_STOPPED) but its shipment is DISPATCHED");
    }

    @Test
    void aRefusedStopIsReportedWhateverIsInFlight() throws Exception {
        var order = story.refunded();
        story.parcels.register(order);
        world.sql(Service.SHIPPING, "UPDATE shipment SET stop_refused = true WHERE order_id = ?", order);
        world.publish(Service.SHIPPING, order, ShipmentStopRefused.class);
        excuse(order);

        assertReported(order, "the carrier refused to stop its parcel");
    }

    @Test
    void aDeliveredParcelOfACancelledOrderIsReportedWhateverIsInFlight() throws Exception {
        var order = story.refunded();
        story.parcels.register(order);
        story.parcels.become(order, "DELIVERED", ShipmentDelivered.class);
        excuse(order);

        assertReported(order, "is CANCELLED (CUSTOMER_REQUEST) but its parcel was delivered");
    }

    @Test
    void aParcelOfACancelledOrderThatOnlyTheCarrierKnowsToBeDeliveredIsReported() throws Exception {
        var order = story.refunded();
        story.parcels.register(order);
        story.parcels.becomeAtCarrier(order, "DELIVERED");

        assertReported(order, "is CANCELLED (CUSTOMER_REQUEST) but its parcel was delivered");
    }

    @Test
    void aShipmentThatTheCarrierDoesNotHaveIsReported() throws Exception {
        var order = story.delivered();
        world.sandbox.shipments.removeLast();

        assertReported(order, "its shipment is DELIVERED but the carrier has none");
    }

    @Test
    void aShipmentThatOnlyTheCarrierHasIsReported() throws Exception {
        var order = story.refunded();
        story.parcels.acceptAtCarrier(order);

        assertReported(order, "the carrier has a shipment of it, DISPATCHED, and shipping-service none");
    }

    /** Writes an event of the order in flight, which excuses what it may still correct. */
    private void excuse(UUID order) {
        trouble.hold(Service.NOTIFICATION, order, ORDER_PAID, "RETRYING", "1 hour");
    }

    private Report faultless() throws Exception {
        world.settle();
        var report = world.verify(TIMEOUT);
        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
        return report;
    }

    private void assertReported(UUID order, String message) throws Exception {
        world.settle();
        Looks.assertOnlyViolation(world, "paid orders, and no others, are shipped once", order, message);
    }
}
