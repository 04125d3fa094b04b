package dev.orderflow.order.promotion;

import static dev.orderflow.order.promotion.Promotions.amountOff;
import static dev.orderflow.order.promotion.Promotions.buyNGetM;
import static dev.orderflow.order.promotion.Promotions.freeShipping;
import static dev.orderflow.order.promotion.Promotions.inGroup;
import static dev.orderflow.order.promotion.Promotions.limited;
import static dev.orderflow.order.promotion.Promotions.on;
import static dev.orderflow.order.promotion.Promotions.percentage;
import static dev.orderflow.order.promotion.Promotions.pounds;
import static dev.orderflow.order.promotion.Promotions.withPriority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.orderflow.events.Money;
import dev.orderflow.order.promotion.PricedCart.Applied;
import dev.orderflow.order.promotion.PricedCart.Rejected;
import dev.orderflow.order.promotion.Promotion.Conditions;
import dev.orderflow.order.promotion.Promotion.Limits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricingTests {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Cart CART =
            cart("3.00", line("A", 3, "3.33"), line("B", 1, "10.01")); // 20.00, and 3.00 for shipping

    @Test
    void withoutPromotionsACartCostsItsListPrices() {
        var priced = price(CART);

        assertThat(priced.total()).isEqualTo(pounds("23.00"));
        assertThat(priced.discounts()).containsExactly(pounds("0.00"), pounds("0.00"));
        assertThat(priced.applied()).isEmpty();
    }

    @Test
    void aPercentageIsDistributedOverTheLinesToTheCent() {
        var priced = price(CART, percentage(1, "12.5"));

        assertThat(priced.total()).isEqualTo(pounds("20.50"));
        assertThat(priced.discounts()).containsExactly(pounds("1.25"), pounds("1.25"));
    }

    @ParameterizedTest
    @CsvSource({"0.05,50,0.03", "0.05,49,0.02", "0.01,50,0.01", "0.01,49.99,0.00", "15.30,100,15.30"})
    void aPercentageIsRoundedHalfUp(String price, String percentage, String off) {
        var priced = price(cart("0.00", line("A", 1, price)), percentage(1, percentage));

        assertThat(priced.discounts()).containsExactly(pounds(off));
    }

    @Test
    void anAmountOffIsNeverMoreThanTheGoodsCost() {
        var priced = price(CART, amountOff(1, "25.00"));

        assertThat(priced.total()).isEqualTo(pounds("3.00"));
        assertThat(priced.applied()).singleElement().extracting(Applied::amount).isEqualTo(pounds("20.00"));
    }

    @ParameterizedTest
    @CsvSource({"2,0", "3,1", "5,1", "6,2", "7,2"})
    void ofThreeUnitsOneIsFree(int quantity, int free) {
        var rule = buyNGetM(1, "A", 2, 1);
        var priced = price(cart("0.00", line("A", quantity, "3.33"), line("B", 9, "1.00")), rule);

        assertThat(priced.discounts()).containsExactly(pounds("3.33").times(free), pounds("0.00"));
        assertThat(priced.rejected())
                .isEqualTo(free > 0 ? List.of() : List.of(new Rejected(rule, Rejection.TOO_FEW_UNITS)));
    }

    @Test
    void unitsOfAProductCountTogetherHoweverManyLinesHaveThem() {
        var priced = price(cart("0.00", line("A", 2, "3.00"), line("A", 1, "3.00")), buyNGetM(1, "A", 2, 1));

        assertThat(priced.discounts()).containsExactly(pounds("2.00"), pounds("1.00"));
    }

    @Test
    void shippingIsFreeAboveAThreshold() {
        var rule = on(freeShipping(1), new Conditions(null, pounds("20.00"), null, null));

        assertThat(price(CART, rule).shipping()).isEqualTo(pounds("0.00"));
        assertThat(price(cart("3.00", line("A", 1, "19.99")), rule).rejected())
                .containsExactly(new Rejected(rule, Rejection.BELOW_MINIMUM));
        assertThat(price(cart("0.00", line("A", 1, "20.00")), rule).rejected())
                .containsExactly(new Rejected(rule, Rejection.NOTHING_LEFT));
    }

    @Test
    void eachPromotionTakesItsPartOffWhatThoseWithAHigherPriorityHaveLeft() {
        var half = percentage(1, "50");
        var five = withPriority(amountOff(2, "5.00"), 1);

        var priced = price(CART, half, five);

        assertThat(priced.applied())
                .containsExactly(new Applied(five, pounds("5.00")), new Applied(half, pounds("7.50")));
        assertThat(priced.total()).isEqualTo(pounds("10.50"));
    }

    @Test
    void ofAGroupTheFirstThatAppliesExcludesTheOthers() {
        var tooHigh = inGroup(
                withPriority(on(percentage(1, "50"), new Conditions(null, pounds("20.01"), null, null)), 3), "season");
        var first = inGroup(withPriority(percentage(2, "10"), 2), "season");
        var second = inGroup(withPriority(percentage(3, "20"), 1), "season");

        var priced = price(CART, second, first, tooHigh);

        assertThat(priced.applied()).extracting(Applied::promotion).containsExactly(first);
        assertThat(priced.rejected())
                .containsExactly(
                        new Rejected(tooHigh, Rejection.BELOW_MINIMUM), new Rejected(second, Rejection.EXCLUDED));
    }

    @Test
    void aPromotionIsValidFromItsFirstMomentUntilItsEnd() {
        assertThat(rejections(new Conditions(null, null, NOW, NOW.plusMillis(1))))
                .isEmpty();
        assertThat(rejections(new Conditions(null, null, NOW.plusMillis(1), null)))
                .containsExactly(Rejection.NOT_YET_VALID);
        assertThat(rejections(new Conditions(null, null, null, NOW))).containsExactly(Rejection.EXPIRED);
    }

    @Test
    void aPromotionOfAnotherCurrencyDoesNotApply() {
        var euros = Money.of("1.00", "EUR");

        assertThat(rejections(new Conditions(null, euros, null, null))).containsExactly(Rejection.OTHER_CURRENCY);
        assertThat(price(CART, Promotions.promotion(1, new Benefit.AmountOff(euros)))
                        .rejected())
                .extracting(Rejected::why)
                .containsExactly(Rejection.OTHER_CURRENCY);
    }

    /** Else a list of rejected promotions would tell everybody the codes. */
    @Test
    void aPromotionWithACouponIsOnlySeenByThoseWhoGiveIt() {
        var rule = on(percentage(1, "10"), new Conditions("WELCOME", null, null, NOW));

        var without = price(CART, rule);
        var with = Pricing.price(CART, List.of(rule), Set.of("WELCOME", "OTHER"), NOW, Uses.NONE);

        assertThat(without.rejected()).isEmpty();
        assertThat(with.rejected()).containsExactly(new Rejected(rule, Rejection.EXPIRED));
        assertThat(with.unknownCoupons()).containsExactly("OTHER");
    }

    @Test
    void aPromotionThatIsUsedUpDoesNotApply() {
        assertThat(rejections(new Limits(5, null), 5, 0)).containsExactly(Rejection.USED_UP);
        assertThat(rejections(new Limits(6, 1), 5, 1)).containsExactly(Rejection.USED_UP_BY_CUSTOMER);
        assertThat(rejections(new Limits(6, 2), 5, 1)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> cart("0.00"));
        assertThatIllegalArgumentException().isThrownBy(() -> cart("-0.01", line("A", 1, "1.00")));
        assertThatIllegalArgumentException().isThrownBy(() -> line("A", 0, "1.00"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cart(List.of(line("A", 1, "1.00")), Money.zero("EUR")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cart("0.00", line("A", Integer.MAX_VALUE, "99999999999999.99")));
        assertThatIllegalArgumentException().isThrownBy(() -> amountOff(1, "0.00"));
        assertThatIllegalArgumentException().isThrownBy(() -> buyNGetM(1, "A", 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Conditions(null, null, NOW, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100.01", "1.001", "1e-9"})
    void aPercentageIsAboveZeroAndAtMostOneHundred(String percentage) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Benefit.Percentage(new BigDecimal(percentage)));
    }

    private static PricedCart price(Cart cart, Promotion... promotions) {
        return Pricing.price(cart, List.of(promotions), Set.of(), NOW, Uses.NONE);
    }

    private static List<Rejection> rejections(Conditions conditions) {
        return price(CART, on(percentage(1, "10"), conditions)).rejected().stream()
                .map(Rejected::why)
                .toList();
    }

    private static List<Rejection> rejections(Limits limits, long total, long ofCustomer) {
        var uses = new Uses() {
            @Override
            public long total(UUID promotion) {
                return total;
            }

            @Override
            public long ofCustomer(UUID promotion) {
                return ofCustomer;
            }
        };
        return Pricing.price(CART, List.of(limited(percentage(1, "10"), limits)), Set.of(), NOW, uses)
                .rejected()
                .stream()
                .map(Rejected::why)
                .toList();
    }

    private static Cart cart(String shipping, Cart.Line... lines) {
        return new Cart(List.of(lines), pounds(shipping));
    }

    private static Cart.Line line(String sku, int quantity, String price) {
        return new Cart.Line(sku, quantity, pounds(price));
    }
}
