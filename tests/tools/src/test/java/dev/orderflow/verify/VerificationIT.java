package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.printed;
import static dev.orderflow.verify.Looks.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.verify.evidence.Service;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Builds a world in which the promise holds, breaks one rule of it, and expects that rule's violation and no other. */
class VerificationIT extends StoryFixture {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final String ORDER_RESERVED = Service.typeOf(OrderReserved.class);

    VerificationIT(World world) {
        super(world);
    }

    /** Returns fewer events than any test has, so that all are read share by share. */
    @Override
    long mostEvents() {
        return 20;
    }

    @Test
    void aWorldWithoutFaultIsFoundWithoutFault() throws Exception {
        world.settle();
        var report = world.verify(TIMEOUT);

        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
        assertThat(report.results()).extracting(RuleResult::checked).doesNotContain(0L);
        assertThat(report.isKept()).isTrue();
        assertThat(printed(report))
                .contains("The promise is kept")
                .contains("GBP 15.30 paid")
                .contains("0 redelivered");
    }

    @Test
    void aRedeliveredEventIsNoFault() throws Exception {
        var order = story.reserved();
        story.captured(order);
        story.changeStatus(order, "PAID", null);
        var event = world.publish(Service.ORDER, order, OrderPaid.class);
        world.send(event);
        story.committed(order);
        story.ship(order);
        world.settle();
        var report = world.verify(TIMEOUT);

        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
        assertThat(printed(report)).contains("1 redelivered");
    }

    /** inventory-service has skipped the expired event. */
    @Test
    void anOrderWhoseDeadlineHasPassedNeedsNoReservation() throws Exception {
        var order = story.placed();
        world.sql(Service.ORDER, "UPDATE orders SET deadline = placed_at WHERE id = ?", order);
        story.become(order, "CANCELLED", "DEADLINE_PASSED");
        world.settle();
        var report = world.verify(TIMEOUT);

        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
    }

    @Test
    void anEventInTwoVersionsIsNoFault() throws Exception {
        story.outOfStockInTwoVersions();
        world.settle();
        var report = world.verify(TIMEOUT);

        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
        assertThat(printed(report)).contains("0 redelivered");
    }

    @Test
    void eventsRemovedByTheTopicsRetentionAreNoFault() throws Exception {
        world.expireTopics();
        var half = story.reserved();
        world.expireTopics();
        story.captured(half);
        story.become(half, "PAID", null);
        story.committed(half);
        story.ship(half);
        world.settle();

        assertThat(world.verify(TIMEOUT).results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.OK);
    }

    @Test
    void anEventThatIsSentButNotOnItsTopicIsReported() throws Exception {
        var order = story.paid();
        story.parcels.register(order);
        story.changeStatus(order, "SHIPPED", null);
        world.consume(world.recordOnly(Service.ORDER, order, OrderShipped.class));
        world.settle();

        assertOnlyViolation("every outbox row is published", order, "is marked as sent but is not on order-events");
    }

    @Test
    void anEventThatARunningRelayDoesNotSendIsReported() throws Exception {
        world.settle();
        var order = story.unsent();
        trouble.running(Service.ORDER);

        assertOnlyViolation("every outbox row is published", order, "is not sent");
    }

    @Test
    void anEventWhoseServiceIsNotRunningIsInFlight() throws Exception {
        world.settle();
        var order = story.unsent();
        var report = world.verify(TIMEOUT);

        assertThat(report.isKept()).isTrue();
        assertThat(result(report, "every outbox row is published").verdict()).isEqualTo(Verdict.IN_FLIGHT);
        assertThat(printed(report)).contains("1 orders are in flight, such as " + order + "; they wait for order");
    }

    @Test
    void anEventThatNoServiceHasCommittedIsReported() throws Exception {
        var order = story.shipped();
        world.send(world.event(order, PaymentRefunded.class));
        world.settle();

        assertOnlyViolation("every event on a topic comes from an outbox", order, "is in no outbox");
    }

    @Test
    void anEventThatDiffersFromItsOutboxRowIsReported() throws Exception {
        var order = story.reserved();
        story.captured(order);
        story.become(order, "PAID", null);
        world.sql(Service.INVENTORY, "UPDATE reservation SET state = 'COMMITTED' WHERE order_id = ?", order);
        world.sql(Service.INVENTORY, "UPDATE stock_item SET reserved = reserved - 1, sold = sold + 1");
        var recorded = world.recordOnly(Service.INVENTORY, order, StockCommitted.class);
        world.send(new World.Event(recorded.id(), recorded.topic(), recorded.key(), recorded.type() + "x", 2));
        story.ship(order);
        world.settle();

        assertOnlyViolation("every event on a topic comes from an outbox", order, "is not what its outbox row says");
    }

    @Test
    void aGapInAKeysSequenceIsReported() throws Exception {
        var order = story.reserved();
        story.captured(order);
        story.become(order, "PAID", null);
        world.skipSequence(Service.INVENTORY, order);
        story.committed(order);
        story.ship(order);
        world.settle();

        assertOnlyViolation(
                "the events of a key are in order, without gap",
                order,
                "number 1 on inventory-events is followed by 3");
    }

    @Test
    void anEventLostInAFailoverIsReportedAndSoIsItsReusedNumber() throws Exception {
        var order = story.reserved();
        story.captured(order);
        story.become(order, "PAID", null);
        world.send(world.event(order, StockCommitted.class));
        world.reuseSequence(Service.INVENTORY, order);
        story.committed(order);
        story.ship(order);
        world.settle();
        var report = world.verify(TIMEOUT);

        assertThat(report.results())
                .filteredOn(result -> result.verdict() == Verdict.VIOLATED)
                .extracting(RuleResult::promise)
                .containsExactly(
                        "every event on a topic comes from an outbox", "the events of a key are in order, without gap");
        assertThat(printed(report))
                .contains("is in no outbox: a failover has lost it, or it was never committed")
                .contains("number 2 on inventory-events is followed by 2, which came late or was assigned twice");
    }

    @Test
    void anEventThatAGroupHasSkippedIsReported() throws Exception {
        var order = story.shipped();
        world.settle();
        world.sql(Service.PAYMENT, """
                DELETE FROM inbox WHERE event_id = ?
                """, trouble.eventOf(order, ORDER_RESERVED));

        assertOnlyViolation("every event is consumed by every group", order, "is lost to payment-service");
    }

    @Test
    void aStepThatIsPublishedTwiceIsReported() throws Exception {
        var order = story.shipped();
        world.publish(Service.ORDER, order, OrderPaid.class);
        world.settle();

        assertOnlyViolation("order histories are legal and published", order, "but its events are");
    }

    @Test
    void anOrderWithoutProgressIsReported() throws Exception {
        var order = story.reserved();
        world.settle();

        assertOnlyViolation("every order is final, or in flight", order, "is RESERVED");
    }

    @Test
    void aPaidOrderWhoseStockIsNotSoldIsReported() throws Exception {
        var order = story.reserved();
        story.captured(order);
        story.become(order, "PAID", null);
        story.ship(order);
        world.settle();

        assertOnlyViolation("each order has its stock, once", order, "is SHIPPED but its reservation is RESERVED");
    }

    @Test
    void anOrderThatIsChargedTwiceIsReported() throws Exception {
        var order = story.shipped();
        story.charge(order, "CAPTURED", Story.PRICE);
        world.settle();

        assertOnlyViolation("each order is charged once at the provider", order, "the provider has 2 payments of it");
    }

    @Test
    void aPaidOrderThatIsNotShippedIsReported() throws Exception {
        var order = story.paid();
        world.settle();

        assertOnlyViolation(
                "paid orders, and no others, are shipped once", order, "is PAID but its shipment is missing");
    }

    @Test
    void aSecondMailIsReported() throws Exception {
        var order = story.shipped();
        story.mail(order, "RESERVED");
        world.settle();

        assertOnlyViolation("one e-mail per order and status", order, "2 e-mails say that it is RESERVED");
    }

    @Test
    void aMissingMailIsReported() throws Exception {
        var order = story.shipped();
        world.sandbox.mails.removeIf(mail -> mail.get("orderId").equals(order.toString())
                && mail.get("status").equals("PAID"));
        world.settle();

        assertOnlyViolation("one e-mail per order and status", order, "no e-mail says that it is PAID");
    }

    @Test
    void anUnexplainedUnitOfStockIsReported() throws Exception {
        world.sql(Service.INVENTORY, "UPDATE stock_item SET available = available + 1");
        world.settle();

        assertOnlyViolation(
                "stock is conserved", "sku " + Story.SKU, "100 put in, but 99 available + 0 reserved + 2 sold");
    }

    @Test
    void aPennyTooMuchIsReported() throws Exception {
        var order = story.shipped();
        world.sandbox.payments.removeLast();
        story.charge(order, "CAPTURED", Story.PRICE.add(new BigDecimal("0.01")));
        world.settle();

        assertOnlyViolation("money is conserved", order, "costs 15.30 GBP but the provider's payment is of 15.31 GBP");
    }

    private void assertOnlyViolation(String promise, Object offender, String message) {
        Looks.assertOnlyViolation(world, promise, offender, message);
    }
}
