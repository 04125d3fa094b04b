package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.timer.PaymentDue;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Verifies worlds in which orders wait, or have waited, for their payment. */
class TimersIT extends StoryFixture {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String PROMISE = "every time-out has fired or is cancelled";

    TimersIT(World world) {
        super(world);
    }

    @Test
    void anOrderThatWasCancelledAfterAReminderIsNoFault() throws Exception {
        timedOut();
        world.settle();

        assertAllKept();
    }

    @Test
    void theFollowUpOfADeliveryIsAnEvent() throws Exception {
        var order = story.delivered();
        world.publish(Service.ORDER, order, OrderFollowUpDue.class);
        world.sql(Service.NOTIFICATION, "INSERT INTO mail VALUES (?, 'FOLLOW_UP', 'c@example.com', 's', now())", order);
        story.mail(order, "FOLLOW_UP");
        world.settle();

        assertAllKept();
    }

    @Test
    void aFollowUpThatIsNotMailedIsReported() throws Exception {
        var order = story.delivered();
        world.publish(Service.ORDER, order, OrderFollowUpDue.class);
        world.settle();

        Looks.assertOnlyViolation(
                world, "one e-mail per order and status", order, "no e-mail says that it is FOLLOW_UP");
    }

    @Test
    void aReminderWithoutAnEventIsReported() throws Exception {
        var order = story.shipped();
        story.mail(order, "UNPAID");
        world.settle();

        Looks.assertOnlyViolation(
                world, "one e-mail per order and status", order, "says that it is UNPAID, but it never was");
    }

    @Test
    void aTimeOutThatIsStillScheduledForAFinalOrderIsReported() throws Exception {
        var order = story.refunded();
        schedule(order, "1 hour");
        world.settle();

        Looks.assertOnlyViolation(world, PROMISE, order, "is CANCELLED and its time-out is still scheduled");
    }

    @Test
    void aTimeOutThatIsStillScheduledForADeliveredOrderIsReported() throws Exception {
        var order = story.delivered();
        schedule(order, "1 hour");
        world.settle();

        Looks.assertOnlyViolation(world, PROMISE, order, "is DELIVERED and its time-out is still scheduled");
    }

    @Test
    void aTimeOutThatARunningServiceDoesNotPublishIsReported() throws Exception {
        world.settle();
        schedule(story.unsent(), "-1 minute");
        assertThat(verdict()).isEqualTo(Verdict.IN_FLIGHT);

        trouble.running(Service.ORDER);
        assertThat(verdict()).isEqualTo(Verdict.VIOLATED);
    }

    private void assertAllKept() throws Exception {
        assertThat(world.verify(TIMEOUT).results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.OK);
    }

    private Verdict verdict() {
        return world.verify(TIMEOUT).results().stream()
                .filter(result -> result.promise().equals(PROMISE))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /** Writes an order that was cancelled after a reminder, because nobody paid it. */
    private UUID timedOut() {
        var order = story.reserved();
        world.publish(Service.ORDER, order, PaymentDue.class);
        world.publish(Service.ORDER, order, OrderUnpaid.class);
        world.sql(Service.NOTIFICATION, "INSERT INTO mail VALUES (?, 'UNPAID', 'c@example.com', 's', now())", order);
        story.mail(order, "UNPAID");
        world.publish(Service.ORDER, order, PaymentDue.class);
        story.become(order, "CANCELLED", "PAYMENT_TIMEOUT");
        story.released(order, "reserved");
        return order;
    }

    /**
     * Schedules the time-out of an order.
     *
     * @param due an interval of SQL from now on
     */
    private void schedule(UUID order, String due) {
        world.sql(Service.ORDER, """
                INSERT INTO scheduled_event (due, family, key, event_id, time, topics, types, headers, payloads, bytes)
                VALUES (now() + ?::interval, 'dev.orderflow.timer.paymentdue', ?, gen_random_uuid(), now(), '{}', '{}', '{}', '{}', 0)
                """, due, order.toString());
    }
}
