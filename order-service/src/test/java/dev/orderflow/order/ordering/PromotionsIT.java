package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.promotion.Benefit;
import dev.orderflow.order.promotion.Promotion;
import dev.orderflow.order.promotion.PromotionUses;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Promotions from their definition to the orders that they price. */
@OrderServiceTest
class PromotionsIT {

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PromotionUses uses;

    @Autowired
    TransactionTemplate transaction;

    private final UUID id = UUID.randomUUID();
    private final String customer = "promoted-" + UUID.randomUUID();
    private final String coupon = "C" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @AfterEach
    void remove() {
        client.delete("/api/promotions/" + id);
    }

    @Test
    void aRuleTakesEffectUntilItIsRemoved() {
        assertThat(put("\"kind\": \"PERCENTAGE\", \"percentage\": 10").status()).isEqualTo(201);
        awaitReason(null);
        assertThat(quote().<String>get("$.total.amount")).isEqualTo("6.88");

        assertThat(put("\"kind\": \"AMOUNT_OFF\", \"amount\": {\"amount\": \"1\", \"currency\": \"GBP\"}")
                        .<Integer>get("$.version"))
                .isEqualTo(2);
        await().until(() -> quote().get("$.total.amount").equals("6.65"));

        assertThat(client.delete("/api/promotions/" + id).status()).isEqualTo(204);
        awaitReason("UNKNOWN_COUPON");
        assertThat(client.get("/api/promotions/" + id).status()).isEqualTo(404);
        assertThat(client.delete("/api/promotions/" + id).status()).isEqualTo(404);
        assertThat(put("\"kind\": \"FREE_SHIPPING\"").<Integer>get("$.version")).isEqualTo(4);
        awaitReason("NOTHING_LEFT");
    }

    @Test
    void anOrderKeepsWhatPricedIt() {
        put("\"kind\": \"AMOUNT_OFF\", \"amount\": {\"amount\": \"0.50\", \"currency\": \"GBP\"}");
        awaitReason(null);

        var placed = place(coupon);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.<String>get("$.total.amount")).isEqualTo("7.15");
        assertThat(placed.<String>get("$.lines[0].amount.amount")).isEqualTo("7.65");
        assertThat(placed.<Map<String, Object>>get("$.discounts[0]"))
                .containsEntry("rule", "rule")
                .containsEntry("promotionId", id.toString())
                .containsEntry("version", 1);
        assertThat(client.get(placed.orderId()).body()).isEqualTo(placed.body());
        assertThat(quantitiesOfEvent(placed.orderId())).containsExactly(1, 2);
    }

    @Test
    void aCouponThatCannotBeAppliedIsRefusedWithTheReason() {
        assertRefused(place(coupon), coupon + " is unknown");

        put("\"kind\": \"PERCENTAGE\", \"percentage\": 10, \"minimumTotal\": {\"amount\": \"99\", \"currency\":"
                + " \"GBP\"}");
        awaitReason("BELOW_MINIMUM");

        assertRefused(place(coupon), coupon + " needs a higher total");
        assertThat(client.place(body("[]"), null).status()).isEqualTo(201);
    }

    @Test
    void anOrderThatCostsNothingIsRefused() {
        put("\"kind\": \"PERCENTAGE\", \"percentage\": 100");
        awaitReason(null);

        assertThat(place(coupon).<String>get("$.code")).isEqualTo("nothing_to_pay");
    }

    @Test
    void concurrentOrdersNeverOverspendALimit() throws Exception {
        put("\"kind\": \"PERCENTAGE\", \"percentage\": 10, \"usageLimit\": 7");
        awaitReason(null);

        var answers = placeAtOnce(30);

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(7);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertRefused(answer, coupon + " is used up"));
        assertThat(used()).isEqualTo(7);
    }

    /** An instance to which the event of the change has not come yet. */
    @Test
    void aLoweredLimitCountsFromItsCommit() {
        put("\"kind\": \"PERCENTAGE\", \"percentage\": 10, \"usageLimit\": 7");
        awaitReason(null);
        change("jsonb_set(rule, '{usageLimit}', '2')");

        assertThat(place(coupon).status()).isEqualTo(201);
        assertThat(place(coupon).status()).isEqualTo(201);
        assertRefused(place(coupon), coupon + " is used up");

        change("jsonb_set(rule, '{usageLimit}', '9')");
        assertThat(place(coupon).status()).isEqualTo(201);

        change("NULL");
        assertRefused(place(coupon), coupon + " is used up");
    }

    @Test
    void countersOfAnInstanceThatHasVanishedAreReleased() {
        var promotion = new Promotion(
                id,
                1,
                "rule",
                new Benefit.FreeShipping(),
                Promotion.Conditions.NONE,
                0,
                null,
                new Promotion.Limits(1, null));

        transaction.executeWithoutResult(status -> {
            uses.lock("demo", List.of(new PromotionUses.Wish(null, List.of(promotion))));

            assertThat(jdbc.sql("SHOW idle_in_transaction_session_timeout")
                            .query(String.class)
                            .single())
                    .isEqualTo("5s");
            status.setRollbackOnly();
        });
    }

    @Test
    void aCancelledOrderGivesItsUseBackOnce() {
        put("\"kind\": \"PERCENTAGE\", \"percentage\": 10, \"usageLimit\": 2, \"perCustomerLimit\": 1");
        awaitReason(null);
        var placed = place(coupon);
        assertRefused(place(coupon), coupon + " is used up by this customer");

        client.cancel(placed.orderId());
        client.cancel(placed.orderId());

        awaitReason(null);
        assertThat(place(coupon).status()).isEqualTo(201);
        assertRefused(place(coupon), coupon + " is used up by this customer");
        assertThat(used()).isEqualTo(1);
        assertThat(jdbc.sql("SELECT count(*) FROM promotion_return")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anOrderThatIsPlacedAgainUsesNothingTwice() {
        put("\"kind\": \"PERCENTAGE\", \"percentage\": 10, \"usageLimit\": 1");
        awaitReason(null);
        var key = UUID.randomUUID().toString();

        var first = client.place(body("[\"" + coupon + "\"]"), key);
        var again = client.place(body("[\"" + coupon + "\"]"), key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(used()).isEqualTo(1);
    }

    private Answer put(String fields) {
        return client.put(
                "/api/promotions/" + id, "{\"name\": \"rule\", \"coupon\": \"" + coupon + "\", " + fields + "}");
    }

    /** Changes the rule without announcing that. */
    private void change(String rule) {
        jdbc.sql("UPDATE promotion SET version = version + 1, rule = " + rule + " WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Waits until this is the reason why the rule is rejected; null: it applies. */
    private void awaitReason(@Nullable String reason) {
        await().untilAsserted(() -> assertThat(
                        quote().<List<String>>get("$.rejected[?(@.coupon == '" + coupon + "')].reason"))
                .isEqualTo(reason == null ? List.of() : List.of(reason)));
    }

    private Answer quote() {
        return client.post("/api/quotes", body("[\"" + coupon + "\"]"));
    }

    private Answer place(String code) {
        return client.place(body("[\"" + code + "\"]"), null);
    }

    private List<Answer> placeAtOnce(int orders) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, orders)
                    .mapToObj(i -> threads.submit(() -> place(coupon)))
                    .toList();
            for (var answer : answers) {
                answer.get();
            }
            return answers.stream().map(answer -> answer.resultNow()).toList();
        }
    }

    private String body(String coupons) {
        return "{\"customerId\": \"" + customer + "\", \"lines\": [" + line("LAMP", 3) + "], \"coupons\": " + coupons
                + ", \"paymentMethod\": \"CARD\"}";
    }

    private long used() {
        return jdbc.sql("SELECT used FROM promotion_counter WHERE promotion_id = :id AND holder = ''")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private List<Integer> quantitiesOfEvent(UUID order) {
        return jdbc.sql("""
            SELECT (line ->> 'quantity')::int
              FROM outbox, jsonb_array_elements(convert_from(payload, 'UTF8')::jsonb -> 'lines') AS line
             WHERE key = :key AND type = 'dev.orderflow.order.placed.v2'
            """).param("key", order.toString()).query(Integer.class).list();
    }

    private static void assertRefused(Answer answer, String message) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.<String>get("$.code")).isEqualTo("coupon_rejected");
        assertThat(answer.<String>get("$.errors[0].message")).isEqualTo(message);
    }
}
