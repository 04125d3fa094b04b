package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.assertOnlyViolation;
import static dev.orderflow.verify.Looks.printed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.verify.evidence.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Tests that data which an outbox no longer retains is not a fault, and no excuse for another outbox. Outboxes are
 * retained for a shorter time than topics and tables.
 */
class OutboxRetentionIT extends StoryFixture {

    private static final String GENUINE = "every event on a topic comes from an outbox";

    private final LocalDate today = LocalDate.now(Clock.systemUTC());

    OutboxRetentionIT(World world) {
        super(world);
    }

    @Test
    void eventsDroppedByEmptyOutboxesAreNoFault() throws Exception {
        world.settle();
        try (var days = new OutboxDays(world, today.plusDays(2))) {
            days.dropOlder();
            var report = world.verify(Duration.ofSeconds(3));

            assertThat(report.results())
                    .as(printed(report))
                    .extracting(RuleResult::verdict)
                    .containsOnly(Verdict.OK);
        }
    }

    /** loyalty-service may have been installed after the payment, and its entries outlive orders. */
    @Test
    void anOldOrderNeedsNoPointsAndOldPointsNeedNoOrder() throws Exception {
        story.ledger.award(UUID.randomUUID());
        story.ledger.isKept = false;
        story.shipped();
        world.settle();
        try (var days = new OutboxDays(world, today.plusDays(2))) {
            days.dropOlder();
            var report = world.verify(Duration.ofSeconds(3));

            assertThat(report.isKept()).as(printed(report)).isTrue();
        }
    }

    @Test
    void anEmptyOutboxThatBeginsBeforeAnEventShouldHaveIt() throws Exception {
        world.settle();
        try (var days = new OutboxDays(world, today)) {
            days.dropOlder();
            assertThat(Looks.result(world.verify(Duration.ofSeconds(3)), GENUINE)
                            .verdict())
                    .isEqualTo(Verdict.VIOLATED);
        }
    }

    @Test
    void anEventThatItsOutboxShouldHaveIsReportedThoughAnotherOutboxIsYounger() throws Exception {
        var order = story.shipped();
        world.send(ofYesterday(world.event(order, PaymentRefunded.class)));
        trouble.forward(Service.NOTIFICATION, "notification-service.retry-1", order);
        world.settle();

        assertOnlyViolation(world, GENUINE, order, "is in no outbox");
    }

    private static World.Event ofYesterday(World.Event event) {
        var time = event.id().getMostSignificantBits() - (Duration.ofDays(1).toMillis() << 16);
        return new World.Event(
                new UUID(time, event.id().getLeastSignificantBits()),
                event.topic(),
                event.key(),
                event.type(),
                event.sequence());
    }
}
