package dev.orderflow.loyalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.loyalty.PointsReversed;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Events of orders change points once each. */
class PointsFlowIT extends LoyaltyFixture {

    private final EventJson json = new EventJson();

    @Autowired
    MeterRegistry meters;

    @Autowired
    DataSource database;

    @Test
    void aPaidOrderEarnsPointsAndItsCancellationTakesThemBack() {
        var paid = orders.paid(order, reference, "15.30");
        var awarded = json.read(awaitPublished(order, 1).getFirst().value(), PointsAwarded.class);
        assertThat(awarded).isEqualTo(new PointsAwarded(order, reference, 15L, 15L, awarded.at()));
        assertPoints(15, 0);

        var cancelled = orders.cancelled(order, reference);

        var published = awaitPublished(order, 2);
        var reversed = json.read(published.getLast().value(), PointsReversed.class);
        assertThat(reversed).isEqualTo(new PointsReversed(order, reference, 15L, 0L, 0L, reversed.at()));
        assertPoints(0, 0);
        assertThat(entries()).containsExactly("REVERSED -15", "AWARDED 15");
        assertThat(published)
                .extracting(message -> CloudEventHeaders.read(message.headers()))
                .allSatisfy(event -> assertThat(event)
                        .returns("loyalty-service", EventMetadata::source)
                        .returns("correlation-of-" + order, EventMetadata::correlationId))
                .extracting(EventMetadata::causationId)
                .containsExactly(paid.toString(), cancelled.toString());
    }

    @Test
    void aRedeliveredEventHasNoSecondEffect() {
        var paid = orders.paid(order, reference, "10.00");
        awaitPublished(order, 1);

        orders.repeat(paid, order, reference, "10.00");
        orders.paid(order, reference, "10.00");
        orders.cancelled(order, reference);
        awaitConsumed(orders.cancelled(order, reference));

        assertThat(awaitPublished(order, 2)).extracting(LoyaltyFixture::typeOf).containsExactly("awarded", "reversed");
        assertThat(entries()).containsExactly("REVERSED -10", "AWARDED 10");
    }

    @Test
    void aCancelledOrderThatWasNeverPaidChangesNothing() {
        awaitConsumed(orders.cancelled(order, reference));

        assertThat(published(order)).isEmpty();
        assertThat(entries()).isEmpty();
        assertPoints(0, 0);
    }

    @Test
    void anOrderForLessThanAPointHasAnEntryAndAnEvent() {
        orders.paid(order, reference, "0.99");
        awaitPublished(order, 1);
        orders.cancelled(order, reference);

        assertThat(awaitPublished(order, 2)).extracting(LoyaltyFixture::typeOf).containsExactly("awarded", "reversed");
        assertThat(entries()).containsExactly("REVERSED 0", "AWARDED 0");
    }

    @Test
    void pointsThatAreSpentBeforeTheCancellationBecomeADebtThatAwardsSettle() {
        orders.paid(order, reference, "10.00");
        awaitPublished(order, 1);
        assertThat(redeem("all", 8).status()).isEqualTo(201);
        orders.cancelled(order, reference);

        var reversed = json.read(awaitPublished(order, 2).getLast().value(), PointsReversed.class);
        assertThat(reversed).returns(10L, PointsReversed::points).returns(8L, PointsReversed::debt);
        assertPoints(0, 8);
        assertThat(redeem("more", 1).<String>get("$.code")).isEqualTo("insufficient_points");

        var next = UUID.randomUUID();
        orders.paid(next, reference, "11.00");
        var awarded = json.read(awaitPublished(next, 1).getFirst().value(), PointsAwarded.class);
        assertThat(awarded).returns(11L, PointsAwarded::points).returns(3L, PointsAwarded::balance);
        assertPoints(3, 0);
    }

    /** The award is one of the tenant demo. */
    @ParameterizedTest
    @CsvSource({
        "cancelled, other, is one of tenant other",
        "cancelled, -, is no tenant's id",
        "paid, other, is one of tenant other"
    })
    void anEventOfAnotherTenantIsADeadLetterAndChangesNothing(String type, String tenant, String cause) {
        orders.paid(order, reference, "10.00");
        awaitPublished(order, 1);

        orders.of(
                tenant,
                () -> type.equals("paid")
                        ? orders.paid(order, reference, "10.00")
                        : orders.cancelled(order, reference));

        assertThat(awaitCauseOfDeath(order)).contains(cause);
        assertThat(published(order)).hasSize(1);
        assertPoints(10, 0);
    }

    @Test
    void theSameReferenceInAnotherTenantIsAnotherAccount() {
        orders.of("other", () -> orders.paid(order, reference, "10.00"));

        assertThat(awaitPublished(order, 1))
                .extracting(message -> CloudEventHeaders.read(message.headers()).tenantId())
                .containsExactly("other");
        // Without access tokens, everybody is one of the tenant demo.
        assertPoints(0, 0);
    }

    /** The event is the only one of its batch, so the inbox would blame it for any other failure and make it a dead letter. */
    @Test
    void anAccountThatAnotherTransactionAddsAtTheSameTimeIsNoFaultOfTheEvent() throws SQLException {
        try (var other = database.getConnection()) {
            other.setAutoCommit(false);
            try (var insert = other.prepareStatement("INSERT INTO points_account VALUES ('demo', ?, 5, 0)")) {
                insert.setString(1, reference);
                insert.executeUpdate();
            }
            orders.paid(order, reference, "10.00");
            await().atMost(PATIENCE).until(this::isBatchWaiting);
            other.commit();
            other.setAutoCommit(true);
        }

        var awarded = json.read(awaitPublished(order, 1).getFirst().value(), PointsAwarded.class);
        assertThat(awarded).returns(15L, PointsAwarded::balance);
        assertPoints(15, 0);
        assertThat(jdbc.sql("SELECT count(*) FROM dead_letter WHERE key = :order")
                        .param("order", order.toString())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private boolean isBatchWaiting() {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM pg_stat_activity
                                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                                          AND query LIKE '%INSERT INTO points_account%')
                        """).query(Boolean.class).single();
    }

    /** Events named ids before they named references. The ledger keeps none, since nobody could erase it. */
    @Test
    void anEventWithTheIdOfACustomerHasNoEffectAndNeitherHasItsCancellation() {
        var before = ignoredAwards();
        awaitConsumed(orders.paid(order, customer, "10.00"));
        awaitConsumed(orders.cancelled(order, customer));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ignoredAwards()).isEqualTo(before + 1));
        assertThat(published(order)).isEmpty();
        assertThat(jdbc.sql("SELECT (SELECT count(*) FROM dead_letter WHERE key = :order)"
                                + " + (SELECT count(*) FROM points_entry WHERE order_id = :order::uuid)"
                                + " + (SELECT count(*) FROM points_account WHERE customer = :customer)")
                        .param("order", order.toString())
                        .param("customer", customer)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private double ignoredAwards() {
        return meters.counter("loyalty.awards.ignored").count();
    }

    /** Instances and partitions share the hot customers, and the server's end of a connection is a kill of its transaction. */
    @Test
    void eachOfManyEventsTakesEffectOnceWhileTransactionsAreKilled() {
        var random = new Random(2026);
        var hot = Stream.generate(() -> "~" + UUID.randomUUID()).limit(3).toList();
        var paid = Stream.generate(UUID::randomUUID).limit(300).toList();
        var events = new ArrayList<UUID>();
        for (var number = 0; number < paid.size(); number++) {
            var each = paid.get(number);
            var owner = hot.get(number % hot.size());
            events.add(orders.paid(each, owner, "7.00"));
            orders.repeat(events.getLast(), each, owner, "7.00");
            if (number % 3 == 0) {
                events.add(orders.cancelled(each, owner));
            }
            if (random.nextInt(20) == 0) {
                killTransactions();
            }
        }
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            if (random.nextInt(4) == 0) {
                killTransactions();
            }
            assertThat(consumed(events)).isEqualTo(events.size());
        });

        assertThat(jdbc.sql("""
                        SELECT count(*) FILTER (WHERE kind = 'AWARDED') AS awarded,
                               count(*) FILTER (WHERE kind = 'REVERSED') AS reversed, sum(points) AS points
                          FROM points_entry
                         WHERE customer = ANY (:hot)
                        """)
                        .param("hot", hot.toArray(String[]::new))
                        .query()
                        .singleRow())
                .containsEntry("awarded", 300L)
                .containsEntry("reversed", 100L)
                .hasEntrySatisfying("points", sum -> assertThat(sum).hasToString("1400"));
        assertThat(jdbc.sql("SELECT sum(balance - debt) FROM points_account WHERE customer = ANY (:hot)")
                        .param("hot", hot.toArray(String[]::new))
                        .query(Long.class)
                        .single())
                .isEqualTo(1400);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(publishedOf(paid)).hasSize(400));
    }

    private static List<String> publishedOf(List<UUID> keys) {
        var wanted = keys.stream().map(UUID::toString).collect(Collectors.toSet());
        return TestInfrastructure.get().topics().read(Topics.LOYALTY_EVENTS).stream()
                .filter(message -> wanted.contains(message.key()))
                .map(LoyaltyFixture::typeOf)
                .toList();
    }

    private int consumed(List<UUID> events) {
        return jdbc.sql("SELECT count(*) FROM inbox WHERE event_id = ANY (:events)")
                .param("events", events.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    /** Ends the transactions that have written, which are those of batches. */
    private void killTransactions() {
        jdbc.sql("""
                SELECT pg_terminate_backend(pid)
                  FROM pg_stat_activity
                 WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
                   AND backend_xid IS NOT NULL
                """).query().listOfRows();
    }
}
