package dev.orderflow.events.promotion;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion was added or replaced. What its kind does not need is absent.
 *
 * @param percentage       of {@code PERCENTAGE}: above 0, at most 100, with at most two decimals
 * @param amount           of {@code AMOUNT_OFF}
 * @param minimumTotal     list price of the goods that must be reached
 * @param sku              of {@code BUY_N_GET_M}: the product
 * @param buy              of {@code BUY_N_GET_M}: units to be paid
 * @param get              of {@code BUY_N_GET_M}: free units that follow them
 * @param coupon           code that a customer must give
 * @param validFrom        first moment
 * @param validTo          first moment after the last
 * @param priority         promotions with a higher one come first
 * @param exclusionGroup   of its promotions, only the first that applies does
 * @param usageLimit       the most orders of a tenant
 * @param perCustomerLimit the most orders of a customer
 */
@EventType(value = "dev.orderflow.promotion.changed.v1", intent = "promotion_change")
public record PromotionChanged(
        UUID promotionId,
        @Bounds(min = 1) Long version,
        @Bounds(min = 1, max = Bounds.PROMOTION_NAME) String name,
        PromotionKind kind,

        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("Decimal number, as a string so that no decimals are lost")
        @Bounds(pattern = "[0-9]{1,3}(\\.[0-9]{1,2})?")
        @Nullable
        BigDecimal percentage,

        @Nullable Money amount,
        @Nullable Money minimumTotal,
        @Nullable @Bounds(pattern = Bounds.SKU) String sku,
        @Nullable @Bounds(min = 1) Integer buy,
        @Nullable @Bounds(min = 1) Integer get,
        @Nullable @Bounds(pattern = Bounds.CODE) String coupon,
        @Nullable Instant validFrom,
        @Nullable Instant validTo,
        Integer priority,
        @Nullable @Bounds(pattern = Bounds.CODE) String exclusionGroup,
        @Nullable @Bounds(min = 1) Integer usageLimit,
        @Nullable @Bounds(min = 1) Integer perCustomerLimit,
        Instant at)
        implements PromotionEvent {}
