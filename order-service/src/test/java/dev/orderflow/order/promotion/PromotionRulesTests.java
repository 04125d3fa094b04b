package dev.orderflow.order.promotion;

import static dev.orderflow.order.promotion.Promotions.pounds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.events.promotion.PromotionChanged;
import dev.orderflow.events.promotion.PromotionKind;
import dev.orderflow.events.promotion.PromotionRemoved;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromotionRulesTests {

    private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");

    private final PromotionRules rules = new PromotionRules();

    @Test
    void noCartIsPricedBeforeAllPromotionsAreKnown() {
        rules.apply(amountOff(1, 1, null, AT));

        assertThatThrownBy(() -> rules.current().find(Set.of()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("promotions_unknown"));

        rules.completed();
        assertThat(rules.current().find(Set.of())).hasSize(1);
    }

    @Test
    void aPromotionWithACouponIsForThoseWhoGiveIt() {
        rules.apply(amountOff(1, 1, null, AT));
        rules.apply(amountOff(2, 1, "SPRING", AT));
        rules.apply(amountOff(3, 1, "SPRING", AT));
        rules.apply(amountOff(4, 1, "WINTER", AT));
        rules.completed();

        assertThat(rules.current().find(Set.of())).extracting(Promotion::id).containsExactly(id(1));
        assertThat(rules.current().find(Set.of("SPRING", "SUMMER")))
                .extracting(Promotion::id)
                .containsExactlyInAnyOrder(id(1), id(2), id(3));
    }

    @Test
    void theLatestChangeCountsHoweverOftenOlderOnesComeAgain() {
        rules.completed();
        var first = amountOff(1, 1, null, AT);
        var second = amountOff(1, 2, null, AT.plusMillis(1));
        rules.apply(first);
        rules.apply(second);
        rules.apply(first);

        assertThat(rules.current().find(Set.of()))
                .extracting(Promotion::version)
                .containsExactly(2L);
    }

    @Test
    void aRestoredBackupMaySetBackTheVersion() {
        rules.completed();
        rules.apply(amountOff(1, 7, null, AT));
        rules.apply(amountOff(1, 3, null, AT.plusSeconds(1)));

        assertThat(rules.current().find(Set.of()))
                .extracting(Promotion::version)
                .containsExactly(3L);
    }

    @Test
    void aRemovedPromotionDoesNotComeBack() {
        rules.completed();
        var changed = amountOff(1, 1, null, AT);
        rules.apply(changed);
        rules.apply(new PromotionRemoved(id(1), 2L, AT.plusMillis(1)));
        rules.apply(changed);
        assertThat(rules.current().find(Set.of())).isEmpty();

        rules.apply(amountOff(1, 3, null, AT.plusMillis(2)));
        assertThat(rules.current().find(Set.of())).hasSize(1);
    }

    @Test
    void eachKindIsUnderstood() {
        rules.completed();
        rules.apply(changed(1, PromotionKind.PERCENTAGE));
        rules.apply(changed(2, PromotionKind.AMOUNT_OFF));
        rules.apply(changed(3, PromotionKind.BUY_N_GET_M));
        rules.apply(changed(4, PromotionKind.FREE_SHIPPING));

        assertThat(rules.current().find(Set.of()))
                .extracting(Promotion::benefit)
                .containsExactlyInAnyOrder(
                        new Benefit.Percentage(BigDecimal.TEN),
                        new Benefit.AmountOff(pounds("1.00")),
                        new Benefit.BuyNGetM("LAMP", 2, 1),
                        new Benefit.FreeShipping());
    }

    @Test
    void theNumberOfPromotionsIsBounded() {
        IntStream.range(0, 2 * PromotionChanges.MOST).forEach(i -> rules.apply(amountOff(i, 1, "C" + i, AT)));
        rules.completed();

        assertThatThrownBy(() -> rules.apply(amountOff(9_999, 1, null, AT))).isInstanceOf(IllegalStateException.class);
        rules.apply(amountOff(1, 2, "NEW", AT.plusMillis(1)));
        assertThat(rules.current().find(Set.of("NEW"))).hasSize(1);
    }

    private static PromotionChanged amountOff(int number, long version, @Nullable String coupon, Instant at) {
        return new PromotionChanged(
                id(number),
                version,
                "rule " + number,
                PromotionKind.AMOUNT_OFF,
                null,
                pounds("1.00"),
                null,
                null,
                null,
                null,
                coupon,
                null,
                null,
                0,
                null,
                null,
                null,
                at);
    }

    private static PromotionChanged changed(int number, PromotionKind kind) {
        return new PromotionChanged(
                id(number),
                1L,
                "rule " + number,
                kind,
                BigDecimal.TEN,
                pounds("1.00"),
                null,
                "LAMP",
                2,
                1,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                AT);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
