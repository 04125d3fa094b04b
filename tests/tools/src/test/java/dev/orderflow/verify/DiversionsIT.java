package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.printed;
import static dev.orderflow.verify.Looks.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.rules.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests the verdicts on failed events: retried, dead, waiting or discarded. */
class DiversionsIT extends StoryFixture {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String EFFECTIVE = "every consumed event has taken effect";
    private static final String ORDER_PLACED = Service.typeOf(OrderPlaced.class);
    private static final String ORDER_RESERVED = Service.typeOf(OrderReserved.class);
    private static final String ORDER_PAID = Service.typeOf(OrderPaid.class);

    DiversionsIT(World world) {
        super(world);
    }

    @Test
    void anEventThatIsTriedAgainIsInFlightWithAllThatWaitsForIt() throws Exception {
        var order = story.reserved();
        trouble.hold(Service.PAYMENT, order, ORDER_RESERVED, "RETRYING", "1 hour");
        trouble.hold(Service.NOTIFICATION, order, ORDER_RESERVED, "RETRYING", "1 hour");
        trouble.hold(Service.NOTIFICATION, order, ORDER_PLACED, "HELD", "-1 hour");
        world.settle();
        trouble.running(Service.PAYMENT);
        trouble.running(Service.NOTIFICATION);
        var report = world.verify(Duration.ofSeconds(3));

        assertThat(report.isKept()).as(printed(report)).isTrue();
        assertThat(result(report, EFFECTIVE).inFlight()).hasSize(3);
        assertThat(result(report, "every order is final, or in flight").verdict())
                .isEqualTo(Verdict.IN_FLIGHT);
        assertThat(printed(report).lines()).contains("1 orders are in flight, such as " + order);
    }

    @Test
    void anEventWhoseRetryIsOverdueInARunningServiceIsReported() throws Exception {
        var order = story.reserved();
        trouble.hold(Service.PAYMENT, order, ORDER_RESERVED, "RETRYING", "-1 second");
        world.settle();
        trouble.running(Service.PAYMENT);

        // A running service gets half of the time, counted from the first look.
        Looks.assertOnlyViolation(
                world, Duration.ofSeconds(8), EFFECTIVE, order, "is RETRYING in payment-service, and overdue");
    }

    @Test
    void aDeadLetterIsReportedOnceAndExplainsItsOrder() throws Exception {
        var order = story.reserved();
        trouble.hold(Service.PAYMENT, order, ORDER_RESERVED, "DEAD", "0 seconds");
        var letter = trouble.letter(Service.PAYMENT, order, ORDER_RESERVED, "DEAD");
        world.settle();

        Looks.assertOnlyViolation(
                world,
                EFFECTIVE,
                order,
                ORDER_RESERVED + " " + trouble.eventOf(order, ORDER_RESERVED)
                        + " is a dead letter of payment-service: java.lang.IllegalStateException: no; "
                        + "./demo dead-letters show " + letter);
        var report = world.verify(Duration.ofSeconds(3));
        assertThat(result(report, EFFECTIVE).violations()).hasSize(1);
        assertThat(result(report, "every order is final, or in flight").verdict())
                .isEqualTo(Verdict.IN_FLIGHT);
        assertThat(printed(report)).doesNotContain("are in flight");
    }

    @Test
    void anEventThatWaitsIsReportedAfterTheDeadLetterBeforeIt() throws Exception {
        var order = story.shipped();
        trouble.hold(Service.NOTIFICATION, order, ORDER_RESERVED, "DEAD", "0 seconds");
        trouble.hold(Service.NOTIFICATION, order, ORDER_PAID, "PARKED", "0 seconds");
        var letter = trouble.letter(Service.NOTIFICATION, order, ORDER_RESERVED, "DEAD");
        world.settle();

        Looks.assertOnlyViolation(world, EFFECTIVE, order, "is a dead letter of notification-service");
        assertThat(result(world.verify(Duration.ofSeconds(3)), EFFECTIVE).violations())
                .extracting(Finding::message)
                .last()
                .isEqualTo(ORDER_PAID + " " + trouble.eventOf(order, ORDER_PAID)
                        + " waits in notification-service behind a dead letter: "
                        + "java.lang.IllegalStateException: no; ./demo dead-letters show " + letter);
    }

    @Test
    void anEventThatWaitsWithoutDeadLetterIsReported() throws Exception {
        var order = story.shipped();
        trouble.hold(Service.NOTIFICATION, order, ORDER_PAID, "PARKED", "0 seconds");
        world.settle();

        Looks.assertOnlyViolation(world, EFFECTIVE, order, "waits in notification-service, behind nothing");
    }

    @Test
    void aDeadEventWhoseLetterIsGoneIsReported() throws Exception {
        var order = story.reserved();
        trouble.hold(Service.PAYMENT, order, ORDER_RESERVED, "DEAD", "0 seconds");
        world.settle();

        Looks.assertOnlyViolation(world, EFFECTIVE, order, "is dead in payment-service, but has no dead letter");
    }

    @Test
    void aDeadLetterThatIsReplayedIsInFlightWithWhatWaitsBehindIt() throws Exception {
        var order = story.reserved();
        trouble.hold(Service.NOTIFICATION, order, ORDER_PLACED, "DEAD", "0 seconds");
        trouble.hold(Service.NOTIFICATION, order, ORDER_RESERVED, "PARKED", "0 seconds");
        trouble.letter(Service.NOTIFICATION, order, ORDER_PLACED, "QUEUED");
        trouble.letter(Service.PAYMENT, order, ORDER_RESERVED, "REPLAYING");
        world.settle();
        var report = world.verify(Duration.ofSeconds(3));

        assertThat(report.isKept()).as(printed(report)).isTrue();
        assertThat(result(report, EFFECTIVE).inFlight()).hasSize(3);
        assertThat(printed(report))
                .contains("are in flight, such as " + order)
                .contains("they wait for notification, payment");
    }

    @Test
    void anOrderWhoseEventWasDiscardedIsNotExpectedToEnd() throws Exception {
        var order = story.reserved();
        trouble.letter(Service.PAYMENT, order, ORDER_RESERVED, "DISCARDED");
        trouble.letter(Service.NOTIFICATION, story.shipped(), ORDER_PAID, "REPLAYED");
        world.settle();
        var report = world.verify(TIMEOUT);

        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
        assertThat(printed(report)).contains("(1 discarded)");
    }

    @Test
    void aRecordThatIsNoEventIsNoFaultOnceEachGroupHasSetItAside() throws Exception {
        trouble.poison("payment-events", "DISCARDED", Service.ORDER);
        trouble.poison(
                "order-events",
                "DISCARDED",
                Service.INVENTORY,
                Service.PAYMENT,
                Service.SHIPPING,
                Service.LOYALTY,
                Service.NOTIFICATION);
        world.settle();

        assertThat(world.verify(TIMEOUT).results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.OK);
    }

    @Test
    void aRecordThatIsNoEventAndThatAGroupHasSkippedIsReported() throws Exception {
        var place = trouble.poison(
                "order-events",
                "DISCARDED",
                Service.INVENTORY,
                Service.SHIPPING,
                Service.LOYALTY,
                Service.NOTIFICATION);
        world.settle();

        Looks.assertOnlyViolation(
                world,
                "every event on a topic comes from an outbox",
                place,
                "the record is not an event and is missing in the dead letters of payment-service");
    }

    @Test
    void aRecordThatIsNoEventAndThatAStoppedServiceHasNotReadIsInFlight() throws Exception {
        world.settle();
        trouble.poison("payment-events", "DISCARDED");
        var report = world.verify(TIMEOUT);

        assertThat(report.isKept()).isTrue();
        assertThat(result(report, "every event on a topic comes from an outbox").verdict())
                .isEqualTo(Verdict.IN_FLIGHT);
    }

    @Test
    void aForwardedRecordIsNoEventOfItsOwn() throws Exception {
        trouble.forward(Service.PAYMENT, "payment-service.retry-1", story.shipped());
        trouble.forward(Service.PAYMENT, "payment-service.dlt", story.shipped());
        world.settle();

        assertThat(world.verify(TIMEOUT).results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.OK);
    }
}
