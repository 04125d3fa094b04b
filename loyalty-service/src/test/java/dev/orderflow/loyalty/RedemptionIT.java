package dev.orderflow.loyalty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.loyalty.PointsRedeemed;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redemptions over HTTP, and the statement that shows them. */
class RedemptionIT extends LoyaltyFixture {

    @BeforeEach
    void earn() {
        orders.paid(order, reference, "100.00");
        awaitPublished(order, 1);
    }

    @Test
    void aRedemptionIsAnsweredRecordedAndPublished() {
        var answer = redeem("first", 30);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.<Map<String, Object>>get("$"))
                .containsOnlyKeys("redemptionId", "points", "balance", "at")
                .containsEntry("points", 30)
                .containsEntry("balance", 70);
        assertPoints(70, 0);
        assertThat(entries()).containsExactly("REDEEMED -30", "AWARDED 100");
        var id = UUID.fromString(answer.get("$.redemptionId"));
        var published = awaitPublished(id, 1).getFirst();
        assertThat(CloudEventHeaders.read(published.headers())).returns("loyalty-service", EventMetadata::source);
        assertThat(new EventJson().read(published.value(), PointsRedeemed.class))
                .returns(id, PointsRedeemed::redemptionId)
                .returns(reference, PointsRedeemed::customerId)
                .returns(30L, PointsRedeemed::points)
                .returns(70L, PointsRedeemed::balance);
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswerAndAnOtherOneIsRefused() {
        var first = redeem("key", 30);
        redeem("between", 70);

        assertThat(redeem("key", 30)).isEqualTo(first);
        var other = redeem("key", 31);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.<String>get("$.code")).isEqualTo("idempotency_key_reused");
        assertThat(entries()).containsExactly("REDEEMED -70", "REDEEMED -30", "AWARDED 100");
    }

    /** It may name anybody, and rows are kept for good. */
    @Test
    void theTextOfAKeyIsNotStored() {
        redeem("ann@example.com", 30);

        assertThat(jdbc.sql("SELECT r::text FROM redemption r WHERE customer = :customer")
                        .param("customer", reference)
                        .query(String.class)
                        .list())
                .hasSize(1)
                .allSatisfy(row -> assertThat(row)
                        .doesNotContain("example", HexFormat.of().formatHex("ann@example.com".getBytes(UTF_8))));
    }

    @Test
    void moreThanTheBalanceIsRefusedAndLeavesTheKeyUnused() {
        var refused = redeem("key", 101);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>get("$.code")).isEqualTo("insufficient_points");
        assertThat(redeem("key", 100).status()).isEqualTo(201);
        assertPoints(0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.9", "30.0", "\"30\"", "true", "\"\""})
    void pointsThatAreNoIntegerAreRefused(String points) {
        assertThat(redeem("key", points).status()).isEqualTo(400);
        assertThat(entries()).containsExactly("AWARDED 100");
    }

    @Test
    void problemsAreInEnglish() {
        assertThat(redeem("key", 0).<String>get("$.errors[0].message")).isEqualTo("must be greater than or equal to 1");
    }

    @Test
    void requestsThatRaceWithOneKeyRedeemOnceAndAreAnsweredAlike() throws InterruptedException {
        var answers = atOnce(IntStream.range(0, 20)
                .<Callable<Answer>>mapToObj(number -> () -> redeemAtLast("raced", 40))
                .toList());

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.getFirst()));
        assertThat(answers.getFirst().status()).isEqualTo(201);
        assertThat(entries()).containsExactly("REDEEMED -40", "AWARDED 100");
        var id = UUID.fromString(answers.getFirst().get("$.redemptionId"));
        assertThat(awaitPublished(id, 1)).hasSize(1);
    }

    @Test
    void racingRedemptionsTakeNoMoreThanTheBalance() throws InterruptedException {
        var answers = atOnce(IntStream.range(0, 20)
                .<Callable<Answer>>mapToObj(number -> () -> redeemAtLast("key-" + number, 15))
                .toList());

        assertThat(answers.stream().collect(groupingBy(Answer::status, counting())))
                .isEqualTo(Map.of(201, 6L, 409, 14L));
        assertPoints(10, 0);
    }

    @Test
    void theStatementHasEachEntryOnceWhileOthersAreAdded() {
        IntStream.range(0, 9).forEach(number -> redeem("key-" + number, number + 1));
        var seen = new ArrayList<Integer>();
        var path = "/api/points/" + customer + "/entries?limit=4";
        @Nullable String cursor = "";
        for (var page = 0; cursor != null; page++) {
            var answer = get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            seen.addAll(answer.<List<Integer>>get("$.items[*].points"));
            cursor = answer.<@Nullable String>get("$.nextCursor");
            redeem("meanwhile-" + page, 1);
        }

        assertThat(seen).containsExactly(-9, -8, -7, -6, -5, -4, -3, -2, -1, 100);
        var last = get("/api/points/" + customer + "/entries?limit=100").<List<Map<String, Object>>>get("$.items");
        assertThat(last.getLast())
                .containsOnlyKeys("kind", "points", "orderId", "at")
                .containsEntry("orderId", order.toString());
        assertThat(last.getFirst()).containsEntry("orderId", null);
    }

    @Test
    void aCustomerThatOrderServiceDoesNotShowDoesNotExist() {
        for (var path : new String[] {"/api/points/nobody", "/api/points/nobody/entries"}) {
            assertThat(get(path).<String>get("$.code")).isEqualTo("customer_not_found");
        }
    }

    /** Repeats a request that had to wait too long for its turn, as its 503 asks for. */
    private Answer redeemAtLast(String key, long points) {
        return await().atMost(PATIENCE).until(() -> redeem(key, points), answer -> answer.status() != 503);
    }

    private static List<Answer> atOnce(List<Callable<Answer>> requests) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Answer>();
            for (var answer : threads.invokeAll(requests)) {
                try {
                    answers.add(answer.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
            return answers;
        }
    }
}
