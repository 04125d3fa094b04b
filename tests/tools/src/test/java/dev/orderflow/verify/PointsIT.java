package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.printed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.loyalty.PointsRedeemed;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Verifies worlds in which customers earn, lose and spend points. */
class PointsIT extends StoryFixture {

    private static final String PROMISE = "points are conserved";
    private static final String ACCOUNT = "account " + Ledger.CUSTOMER;

    PointsIT(World world) {
        super(world);
    }

    @Test
    void aReversalOfSpentPointsIsNoFault() throws Exception {
        var order = story.shipped();
        story.ledger.redeem(2 * Ledger.POINTS - Ledger.REDEEMED);
        story.parcels.become(order, "STOPPED", ShipmentStopped.class);
        story.cancelled(order, "PARCEL_STOPPED");
        world.settle();
        var report = world.verify(Duration.ofSeconds(20));

        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.OK);
        assertThat(printed(report)).contains("0 points, 15 of debt");
    }

    @Test
    void aPaidOrderWithoutPointsIsReported() throws Exception {
        story.ledger.isKept = false;
        var order = story.shipped();

        assertReported(order, "is SHIPPED but its points are missing");
    }

    @Test
    void aPaidOrderWhoseAwardIsTriedAgainIsInFlight() throws Exception {
        story.ledger.isKept = false;
        trouble.hold(Service.LOYALTY, story.shipped(), Service.typeOf(OrderPaid.class), "RETRYING", "1 hour");
        world.settle();
        var report = world.verify(Duration.ofSeconds(3));

        assertThat(report.isKept()).as(printed(report)).isTrue();
    }

    @Test
    void aCancelledOrderThatKeepsItsPointsIsReported() throws Exception {
        var order = story.paid();
        story.ledger.isKept = false;
        story.cancelled(order, "CUSTOMER_REQUEST");

        assertReported(order, "is CANCELLED (CUSTOMER_REQUEST) but its points are AWARDED");
    }

    @Test
    void aShippedOrderWhosePointsAreReversedIsReported() throws Exception {
        var order = story.shipped();
        story.ledger.reverse(order);

        assertReported(order, "is SHIPPED but its points are AWARDED, REVERSED");
    }

    @Test
    void anAwardOfAnOrderThatWasNeverPaidIsReported() throws Exception {
        var order = story.declined();
        story.ledger.award(order);

        assertReported(order, "has points but was never paid");
    }

    @Test
    void anAwardOfNoOrderIsReported() throws Exception {
        var nothing = UUID.randomUUID();
        story.ledger.award(nothing);

        assertReported(nothing, "has points but is not an order");
    }

    @Test
    void aReversalOfOtherPointsThanTheAwardsIsReported() throws Exception {
        var order = story.paid();
        story.ledger.isKept = false;
        story.cancelled(order, "CUSTOMER_REQUEST");
        story.ledger.reverse(order, Ledger.POINTS - 1);

        assertReported(order, "of its award and its reversal 1 points are left");
    }

    @Test
    void anAwardThatIsPublishedWithOtherPointsIsReported() throws Exception {
        story.ledger.isKept = false;
        var order = story.shipped();
        story.ledger.award(order, Ledger.POINTS + 1);

        assertReported(order, "its entries are AWARDED 15 but its events are AWARDED 16");
    }

    @Test
    void anAwardThatIsPublishedTwiceIsReported() throws Exception {
        var order = story.shipped();
        story.ledger.publish(order, PointsAwarded.class, Ledger.POINTS);

        assertReported(order, "its entries are AWARDED 15 but its events are AWARDED 15, AWARDED 15");
    }

    @Test
    void aRedemptionThatIsNotPublishedIsReported() throws Exception {
        var redemption = story.ledger.redeemSilently(3);

        assertReported(redemption, "its entries are REDEEMED 3 but its events are missing");
    }

    @Test
    void anEventWithoutEntryIsReported() throws Exception {
        var nothing = UUID.randomUUID();
        story.ledger.publish(nothing, PointsRedeemed.class, 3);

        assertReported(nothing, "has loyalty events but no entry");
    }

    @Test
    void aBalanceThatIsNotTheSumOfItsEntriesIsReported() throws Exception {
        world.sql(Service.LOYALTY, "UPDATE points_account SET balance = balance + 1");

        assertReported(ACCOUNT, "its entries sum up to 10, but its balance is 11 and its debt 0");
    }

    @Test
    void anAccountWithBothABalanceAndADebtIsReported() throws Exception {
        world.sql(Service.LOYALTY, "UPDATE points_account SET balance = balance + 1, debt = debt + 1");

        assertReported(ACCOUNT, "has a balance of 11 and a debt of 1");
    }

    private void assertReported(Object subject, String message) throws Exception {
        world.settle();
        Looks.assertOnlyViolation(world, PROMISE, subject, message);
    }
}
