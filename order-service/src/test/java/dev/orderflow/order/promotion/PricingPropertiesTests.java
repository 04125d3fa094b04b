package dev.orderflow.order.promotion;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.Money;
import dev.orderflow.order.promotion.PricedCart.Applied;
import dev.orderflow.order.promotion.Promotion.Conditions;
import dev.orderflow.order.promotion.Promotion.Limits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties of the prices of random carts by random promotions. A failure names its seed. */
class PricingPropertiesTests {

    private static final int SEEDS = 3_000;
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Set<String> COUPONS = Set.of("C0", "C1", "NONE");
    private static final String[] CURRENCIES = {"GBP", "JPY", "KWD"};

    private record Case(Cart cart, List<Promotion> promotions) {

        PricedCart price() {
            return Pricing.price(cart, promotions, COUPONS, NOW, Uses.NONE);
        }
    }

    @Test
    void aPriceIsNeverBelowZeroNorAboveTheListPrice() {
        forRandom((random, each) -> {
            var priced = each.price();

            assertThat(priced.total().amount().signum()).isNotNegative();
            for (int i = 0; i < each.cart().lines().size(); i++) {
                assertThat(priced.discounts().get(i).amount())
                        .isBetween(
                                BigDecimal.ZERO,
                                each.cart().lines().get(i).amount().amount());
            }
            assertThat(priced.applied())
                    .allSatisfy(rule -> assertThat(rule.amount().amount()).isPositive());
        });
    }

    @Test
    void discountsOfLinesAndOfPromotionsAddUpToTheCent() {
        forRandom((random, each) -> {
            var priced = each.price();
            var goods = each.cart().goods().amount();
            var shipping = each.cart().shipping().amount();
            var ofLines = sum(priced.discounts());
            var ofPromotions =
                    sum(priced.applied().stream().map(Applied::amount).toList());

            assertThat(priced.total().amount())
                    .isEqualTo(goods.subtract(ofLines).add(priced.shipping().amount()))
                    .isEqualTo(goods.add(shipping).subtract(ofPromotions));
        });
    }

    @Test
    void neitherTheOrderOfLinesNorThatOfPromotionsMatters() {
        forRandom((random, each) -> {
            var lines = new ArrayList<>(each.cart().lines());
            var promotions = new ArrayList<>(each.promotions());
            Collections.shuffle(lines, random);
            Collections.shuffle(promotions, random);
            var other = new Case(new Cart(lines, each.cart().shipping()), promotions);

            var priced = each.price();
            var again = other.price();

            assertThat(again.applied()).isEqualTo(priced.applied());
            assertThat(again.rejected()).isEqualTo(priced.rejected());
            assertThat(again.total()).isEqualTo(priced.total());
            assertThat(pricedLines(other, again)).isEqualTo(pricedLines(each, priced));
        });
    }

    @Test
    void promotionsApplyByPriorityAndAtMostOneOfAGroup() {
        forRandom((random, each) -> {
            var priced = each.price();
            var applied = priced.applied().stream().map(Applied::promotion).toList();
            var groups = applied.stream()
                    .map(Promotion::exclusionGroup)
                    .filter(group -> group != null)
                    .toList();

            assertThat(applied).isSortedAccordingTo(comparing(rule -> -rule.priority()));
            assertThat(groups).doesNotHaveDuplicates();
        });
    }

    /** A promotion is left out, rejected or applied; one that is left out has a coupon that was not given. */
    @Test
    void eachPromotionHasOneOutcome() {
        forRandom((random, each) -> {
            var priced = each.price();
            var outcomes = new ArrayList<UUID>();
            priced.applied().forEach(rule -> outcomes.add(rule.promotion().id()));
            priced.rejected().forEach(rule -> outcomes.add(rule.promotion().id()));

            assertThat(outcomes)
                    .containsExactlyInAnyOrderElementsOf(each.promotions().stream()
                            .filter(rule -> rule.conditions().coupon() == null
                                    || COUPONS.contains(rule.conditions().coupon()))
                            .map(Promotion::id)
                            .toList());
        });
    }

    private static List<String> pricedLines(Case of, PricedCart priced) {
        return IntStream.range(0, of.cart().lines().size())
                .mapToObj(
                        i -> of.cart().lines().get(i) + " " + priced.discounts().get(i))
                .sorted()
                .toList();
    }

    private static BigDecimal sum(List<Money> amounts) {
        return amounts.stream().map(Money::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void forRandom(BiConsumer<Random, Case> property) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var each = anyCase(random);
            try {
                property.accept(random, each);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + each, e);
            }
        }
    }

    private static Case anyCase(Random random) {
        var currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
        var lines = IntStream.rangeClosed(0, random.nextInt(6))
                .mapToObj(i -> new Cart.Line("S" + random.nextInt(3), 1 + random.nextInt(9), money(random, currency)))
                .toList();
        var promotions = IntStream.range(0, random.nextInt(9))
                .mapToObj(i -> promotion(random, i, currency))
                .collect(toCollection(ArrayList::new));
        return new Case(new Cart(lines, money(random, currency)), promotions);
    }

    private static Promotion promotion(Random random, int number, String currency) {
        var foreign = random.nextInt(10) == 0;
        var money = money(random, foreign ? "EUR" : currency);
        var conditions = new Conditions(
                random.nextInt(3) == 0 ? "C" + random.nextInt(3) : null,
                random.nextInt(3) == 0 ? money : null,
                random.nextInt(3) == 0 ? NOW.plusSeconds(random.nextInt(3) - 1) : null,
                random.nextInt(3) == 0 ? NOW.plusSeconds(2 + random.nextInt(3)) : null);
        return new Promotion(
                new UUID(0, number),
                random.nextInt(3),
                "rule",
                benefit(random, currency),
                conditions,
                random.nextInt(4),
                random.nextInt(3) == 0 ? "G" + random.nextInt(2) : null,
                Limits.NONE);
    }

    private static Benefit benefit(Random random, String currency) {
        return switch (random.nextInt(4)) {
            case 0 -> new Benefit.Percentage(BigDecimal.valueOf(1 + random.nextInt(10_000), 2));
            case 1 -> new Benefit.AmountOff(money(random, currency).plus(smallest(currency)));
            case 2 -> new Benefit.BuyNGetM("S" + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(4));
            default -> new Benefit.FreeShipping();
        };
    }

    private static Money smallest(String currency) {
        return new Money(
                BigDecimal.ONE.movePointLeft(Money.zero(currency).amount().scale()), currency);
    }

    /** Returns small amounts, of which rounding takes a large part, more often than others. */
    private static Money money(Random random, String currency) {
        var units = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(1_000_000);
        return new Money(BigDecimal.valueOf(units, Money.zero(currency).amount().scale()), currency);
    }
}
