package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.verify.evidence.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that customers keep, lose and spend the points of their orders, with loyalty-service killed meanwhile. */
@SystemTest
class LoyaltyIT {

    /** Points of an order of one unit, for 15.30 GBP. */
    private static final int POINTS = 15;

    /** Blocks the consumption of all events. */
    private static final String INBOX = "LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE";

    private static final String WRITING_TO_INBOX = "INSERT INTO inbox";

    /** Blocks handlers after the event is remembered, and before its effect is written. */
    private static final String LEDGER = "LOCK TABLE points_entry IN SHARE ROW EXCLUSIVE MODE";

    private static final String WRITING_TO_LEDGER = "points_entry";

    private static final String ENTRIES = "SELECT count(*) FROM points_entry WHERE order_id = ?";

    private static final String REDEMPTION = """
            SELECT spent.redemption_id
              FROM points_entry earned JOIN points_entry spent USING (tenant, customer)
             WHERE earned.order_id = ? AND spent.kind = 'REDEEMED'
            """;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final JsonCalls json;
    private final ServiceDatabase database;
    private final EventTopics topics;
    private final String customer = "collector-" + UUID.randomUUID();

    LoyaltyIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.json = shop.calls();
        this.database = new ServiceDatabase(suite, Service.LOYALTY);
        this.topics = new EventTopics(suite.topology().bootstrapServers());
    }

    private record Points(String customerId, long balance, long debt) {}

    @AfterEach
    void close() {
        topics.close();
        database.close();
        json.close();
    }

    @Test
    void aPaidOrderEarnsItsPointsWhichItsMailsMayName() {
        var order = place();

        awaitPoints(POINTS, 0);

        try (var mails = new ServiceDatabase(suite, Service.NOTIFICATION)) {
            Eventually.await()
                    .untilAsserted(
                            () -> assertThat(mails.texts("SELECT points FROM earned_points WHERE order_id = ?", order))
                                    .containsExactly(Integer.toString(POINTS)));
        }
    }

    @Test
    void anOrderThatIsNeverPaidEarnsNothing() {
        shop.awaitFinal(shop.place(new NewOrder(
                        customer, List.of(new NewOrder.Line(shop.newProduct(5), 1)), PaymentMethod.CARD_DECLINED))
                .orderId());

        assertThat(points()).isEqualTo(new Points(customer, 0, 0));
    }

    @Test
    void aCancelledOrderLosesItsPoints() {
        var order = placePaidAndUnshipped();
        awaitPoints(POINTS, 0);

        shop.cancel(order);

        awaitPoints(0, 0);
    }

    @Test
    void spentPointsOfACancelledOrderAreADebtThatTheNextOrderSettles() {
        var order = placePaidAndUnshipped();
        awaitPoints(POINTS, 0);
        redeem(10);
        assertThat(points()).isEqualTo(new Points(customer, POINTS - 10, 0));

        shop.cancel(order);

        awaitPoints(0, 10);
        sandbox.beWell();
        place();
        awaitPoints(POINTS - 10, 0);
    }

    @Test
    void betweenTheCommitAndTheTopicTheEventIsSentAfterTheStart() {
        var order = place();
        awaitPoints(POINTS, 0);
        topics.awaitConsumed();
        suite.kill(Part.KAFKA);
        redeem(5);
        suite.kill(Part.LOYALTY);
        suite.start(Part.KAFKA);
        var redemption = database.texts(REDEMPTION, order).getFirst();
        assertThat(topics.records(List.of(Topics.LOYALTY_EVENTS), Set.of(redemption)))
                .isEmpty();

        suite.start(Part.LOYALTY);

        // A relay that was killed may send an event again, with the same id.
        Eventually.await()
                .untilAsserted(() -> assertThat(topics.ids(Topics.LOYALTY_EVENTS, redemption))
                        .hasSize(1));
        assertThat(points()).isEqualTo(new Points(customer, POINTS - 5, 0));
    }

    @Test
    void anEventThatIsNotYetRememberedIsHandledAfterTheStart() {
        killWhileHandling(INBOX, WRITING_TO_INBOX);
    }

    @Test
    void anEventThatIsRememberedAndHasNoEffectYetIsHandledAfterTheStart() {
        killWhileHandling(LEDGER, WRITING_TO_LEDGER);
    }

    private void killWhileHandling(String lock, String blocked) {
        topics.awaitConsumed();
        var held = database.lock(lock);
        var order = place();
        shop.await(order, OrderStatus.PAID);
        database.awaitBlocked(blocked);
        suite.kill(Part.LOYALTY);
        // Its waiting statement must not continue when the lock is released.
        database.endConnections();
        held.release();
        assertThat(database.count(ENTRIES, order)).isZero();

        suite.start(Part.LOYALTY);

        awaitPoints(POINTS, 0);
        assertThat(database.count(ENTRIES, order)).isEqualTo(1);
        Eventually.await()
                .untilAsserted(() -> assertThat(topics.ids(Topics.LOYALTY_EVENTS, order.toString()))
                        .hasSize(1));
    }

    private UUID place() {
        return shop.place(new NewOrder(customer, List.of(new NewOrder.Line(shop.newProduct(5), 1)), PaymentMethod.CARD))
                .orderId();
    }

    private UUID placePaidAndUnshipped() {
        sandbox.shipSlowly(Duration.ofSeconds(3));
        var order = place();
        shop.await(order, OrderStatus.PAID);
        return order;
    }

    private void redeem(long points) {
        var response = json.post(
                URI.create(account() + "/redemptions"),
                Map.of("points", points),
                UUID.randomUUID().toString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    private void awaitPoints(long balance, long debt) {
        Eventually.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(points()).isEqualTo(new Points(customer, balance, debt)));
    }

    private Points points() {
        var response = json.get(account());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.read(response, Points.class);
    }

    private URI account() {
        return suite.topology().uri(Part.LOYALTY).resolve("/api/points/" + customer);
    }
}
