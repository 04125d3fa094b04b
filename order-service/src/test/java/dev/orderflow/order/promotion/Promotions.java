package dev.orderflow.order.promotion;

import dev.orderflow.events.Money;
import dev.orderflow.events.promotion.PromotionKind;
import dev.orderflow.order.promotion.Promotion.Conditions;
import dev.orderflow.order.promotion.Promotion.Limits;
import java.math.BigDecimal;
import java.util.UUID;

/** Promotions of tests. The number of each is its id, and its name. */
final class Promotions {

    private Promotions() {}

    static Promotion percentage(int number, String percentage) {
        return promotion(number, new Benefit.Percentage(new BigDecimal(percentage)));
    }

    static Promotion amountOff(int number, String pounds) {
        return promotion(number, new Benefit.AmountOff(pounds(pounds)));
    }

    static Promotion buyNGetM(int number, String sku, int buy, int get) {
        return promotion(number, new Benefit.BuyNGetM(sku, buy, get));
    }

    static Promotion freeShipping(int number) {
        return promotion(number, new Benefit.FreeShipping());
    }

    static Promotion promotion(int number, Benefit benefit) {
        return new Promotion(new UUID(0, number), 0, "rule " + number, benefit, Conditions.NONE, 0, null, Limits.NONE);
    }

    static Promotion withPriority(Promotion rule, int priority) {
        return new Promotion(
                rule.id(),
                rule.version(),
                rule.name(),
                rule.benefit(),
                rule.conditions(),
                priority,
                rule.exclusionGroup(),
                rule.limits());
    }

    static Promotion inGroup(Promotion rule, String group) {
        return new Promotion(
                rule.id(),
                rule.version(),
                rule.name(),
                rule.benefit(),
                rule.conditions(),
                rule.priority(),
                group,
                rule.limits());
    }

    static Promotion on(Promotion rule, Conditions conditions) {
        return new Promotion(
                rule.id(),
                rule.version(),
                rule.name(),
                rule.benefit(),
                conditions,
                rule.priority(),
                rule.exclusionGroup(),
                rule.limits());
    }

    static Promotion limited(Promotion rule, Limits limits) {
        return new Promotion(
                rule.id(),
                rule.version(),
                rule.name(),
                rule.benefit(),
                rule.conditions(),
                rule.priority(),
                rule.exclusionGroup(),
                limits);
    }

    static PromotionTerms freeShippingTerms() {
        return new PromotionTerms(
                "rule",
                PromotionKind.FREE_SHIPPING,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Money pounds(String amount) {
        return Money.of(amount, "GBP");
    }
}
