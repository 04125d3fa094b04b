package dev.orderflow.order.promotion;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import dev.orderflow.events.promotion.PromotionChanged;
import dev.orderflow.events.promotion.PromotionKind;
import dev.orderflow.order.catalog.Price;
import dev.orderflow.order.catalog.Sku;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A promotion in the form in which clients give it, and in which it is stored. */
@Schema(description = "A rule that lowers prices. What its kind does not need is ignored.")
record PromotionTerms(
        @Schema(maxLength = Bounds.PROMOTION_NAME, example = "Spring")
        @NotBlank
        @CodePoints(max = Bounds.PROMOTION_NAME)
        @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must not contain control characters")
        String name,

        @NotNull PromotionKind kind,

        @Schema(description = "Of `PERCENTAGE`: above 0, at most 100.", example = "12.5", nullable = true)
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("100")
        @Digits(integer = 3, fraction = 2)
        @Nullable
        BigDecimal percentage,

        @Schema(description = "Of `AMOUNT_OFF`.") @Valid @Nullable
        Price amount,

        @Schema(description = "List price of the goods that must be reached.") @Valid @Nullable
        Price minimumTotal,

        @Schema(description = "Of `BUY_N_GET_M`: the product.", example = "LAMP", nullable = true) @Sku @Nullable
        String sku,

        @Schema(description = "Of `BUY_N_GET_M`: units to be paid.", example = "2", nullable = true)
        @Min(1)
        @Max(MOST_UNITS)
        @Nullable
        Integer buy,

        // No constraint: Hibernate cannot look for a property of this name. See check().
        @Schema(
                description = "Of `BUY_N_GET_M`: free units that follow them.",
                minimum = "1",
                maximum = "" + MOST_UNITS,
                example = "1",
                nullable = true)
        @Nullable
        Integer get,

        @Schema(description = "Code that a customer must give; null for everybody.", nullable = true)
        @Pattern(regexp = Bounds.CODE)
        @Nullable
        String coupon,

        @Schema(description = "First moment.", example = "2026-03-01T00:00:00Z", nullable = true) @Nullable
        Instant validFrom,

        @Schema(description = "First moment after the last.", example = "2026-06-01T00:00:00Z", nullable = true)
        @Nullable
        Instant validTo,

        @Schema(description = "Promotions with a higher one come first; 0 if absent.", example = "10", nullable = true)
        @Min(-MOST)
        @Max(MOST)
        @Nullable
        Integer priority,

        @Schema(description = "Of its promotions, only the first that applies does.", nullable = true)
        @Pattern(regexp = Bounds.CODE)
        @Nullable
        String exclusionGroup,

        @Schema(description = "The most orders of each tenant that use it.", example = "100", nullable = true)
        @Min(1)
        @Max(MOST)
        @Nullable
        Integer usageLimit,

        @Schema(description = "The most orders of each customer that use it.", example = "1", nullable = true)
        @Min(1)
        @Max(MOST)
        @Nullable
        Integer perCustomerLimit) {

    private static final int MOST_UNITS = 100_000;
    private static final int MOST = 1_000_000_000;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * Checks what one field alone does not tell.
     *
     * @throws Refusal naming the fields, if the kind needs one that is absent, or an amount or a time cannot be used
     */
    void check() {
        var violations = new ArrayList<Violation>();
        needed().forEach(field -> violations.add(new Violation(field, "is needed by " + kind)));
        if (get != null && (get < 1 || get > MOST_UNITS)) {
            violations.add(new Violation("get", "must be between 1 and " + MOST_UNITS));
        }
        refuseUnlessBetween("validFrom", validFrom, violations);
        refuseUnlessBetween("validTo", validTo, violations);
        if (validFrom != null && validTo != null && !validFrom.isBefore(validTo)) {
            violations.add(new Violation("validTo", "must be after validFrom"));
        }
        if (!violations.isEmpty()) {
            throw Refusal.unacceptable("invalid_promotion", "The promotion cannot be used.", violations);
        }
        money("amount", amount);
        money("minimumTotal", minimumTotal);
    }

    /** Returns the event that announces a promotion with these terms. */
    PromotionChanged changed(UUID id, long version, Instant at) {
        var isOfUnits = kind == PromotionKind.BUY_N_GET_M;
        return new PromotionChanged(
                id,
                version,
                name,
                kind,
                kind == PromotionKind.PERCENTAGE ? plain(percentage) : null,
                kind == PromotionKind.AMOUNT_OFF ? money("amount", amount) : null,
                money("minimumTotal", minimumTotal),
                isOfUnits ? sku : null,
                isOfUnits ? buy : null,
                isOfUnits ? get : null,
                coupon,
                validFrom,
                validTo,
                priority == null ? 0 : priority,
                exclusionGroup,
                usageLimit,
                perCustomerLimit,
                at);
    }

    Promotion.Limits limits() {
        return new Promotion.Limits(usageLimit, perCustomerLimit);
    }

    /** Returns the fields that the kind needs and that are absent. */
    private List<String> needed() {
        return switch (kind) {
            case PERCENTAGE -> absent("percentage", percentage);
            case AMOUNT_OFF -> absent("amount", amount);
            case BUY_N_GET_M -> {
                var absent = new ArrayList<>(absent("sku", sku));
                absent.addAll(absent("buy", buy));
                absent.addAll(absent("get", get));
                yield absent;
            }
            case FREE_SHIPPING -> List.of();
        };
    }

    private static List<String> absent(String field, @Nullable Object value) {
        return value == null ? List.of(field) : List.of();
    }

    private static void refuseUnlessBetween(String field, @Nullable Instant time, List<Violation> violations) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            violations.add(new Violation(field, "must be between the years 2000 and 9999"));
        }
    }

    /** Returns the number without an exponent and superfluous zeros. */
    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static @Nullable Money money(String field, @Nullable Price price) {
        return price == null ? null : price.toMoney(field);
    }
}
