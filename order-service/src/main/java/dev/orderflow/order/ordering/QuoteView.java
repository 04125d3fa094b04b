package dev.orderflow.order.ordering;

import dev.orderflow.events.Money;
import dev.orderflow.order.promotion.PricedCart;
import dev.orderflow.order.promotion.Promotion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A priced cart in the form that clients see. */
@Schema(name = "Quote", description = "The price of a cart at this moment.")
record QuoteView(
        List<Line> lines,

        @Schema(description = "Promotions that apply, in their order.")
        List<Applied> applied,

        @Schema(description = "Promotions that do not apply, and coupons that no promotion has.")
        List<Rejected> rejected,

        @Schema(description = "Fee for shipping.") Money shipping,
        Money total) {

    /** Reason of a coupon that no promotion has. */
    static final String UNKNOWN_COUPON = "UNKNOWN_COUPON";

    @Schema(name = "QuoteLine")
    record Line(
            String sku,
            String name,
            int quantity,
            Money unitPrice,
            Money amount,

            @Schema(description = "What promotions take off the amount.")
            Money discount) {}

    /** @param rule name of the promotion */
    @Schema(name = "AppliedPromotion")
    record Applied(
            String rule,
            UUID promotionId,
            long version,
            @Schema(nullable = true) @Nullable String coupon,
            Money amount) {}

    /** @param rule name of the promotion; null for an unknown coupon */
    @Schema(name = "RejectedPromotion")
    record Rejected(
            @Schema(nullable = true) @Nullable String rule,
            @Schema(nullable = true) @Nullable UUID promotionId,
            @Schema(nullable = true) @Nullable Long version,
            @Schema(nullable = true) @Nullable String coupon,

            @Schema(description = "Such as `EXPIRED`, `BELOW_MINIMUM`, `USED_UP` or `UNKNOWN_COUPON`.")
            String reason) {}

    static QuoteView of(Quote quote, PricedCart priced) {
        return new QuoteView(
                IntStream.range(0, quote.lines().size())
                        .mapToObj(i -> line(
                                quote.lines().get(i),
                                priced.discounts().get(i),
                                quote.total().currency()))
                        .toList(),
                priced.applied().stream()
                        .map(each -> applied(each.promotion(), each.amount()))
                        .toList(),
                Stream.concat(
                                priced.rejected().stream()
                                        .map(each -> rejected(
                                                each.promotion(), each.why().name())),
                                priced.unknownCoupons().stream().sorted().map(QuoteView::unknown))
                        .toList(),
                priced.shipping(),
                priced.total());
    }

    private static Line line(PricedLine line, Money discount, String currency) {
        return new Line(
                line.sku(),
                line.name(),
                line.quantity(),
                new Money(line.unitPrice(), currency),
                new Money(line.amount(), currency),
                discount);
    }

    private static Applied applied(Promotion promotion, Money amount) {
        return new Applied(
                promotion.name(),
                promotion.id(),
                promotion.version(),
                promotion.conditions().coupon(),
                amount);
    }

    private static Rejected rejected(Promotion promotion, String reason) {
        return new Rejected(
                promotion.name(),
                promotion.id(),
                promotion.version(),
                promotion.conditions().coupon(),
                reason);
    }

    private static Rejected unknown(String coupon) {
        return new Rejected(null, null, null, coupon, UNKNOWN_COUPON);
    }
}
