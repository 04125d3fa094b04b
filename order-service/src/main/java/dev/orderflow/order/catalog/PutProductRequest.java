package dev.orderflow.order.catalog;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** The body with which a client adds or replaces a product. */
record PutProductRequest(
        @Schema(description = "Optional; must equal the sku in the path.", nullable = true) @Nullable
        String sku,

        @Schema(maxLength = Bounds.PRODUCT_NAME)
        @NotBlank
        @CodePoints(max = Bounds.PRODUCT_NAME)
        @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must not contain control characters")
        String name,

        @NotNull @Valid Price unitPrice) {

    @Schema(name = "Price", description = "More than zero.")
    record Price(
            @Schema(description = "Decimal number, as a string to avoid rounding.", example = "2.55")
            @NotNull
            @Pattern(
                    regexp = "\\d{1,10}(\\.\\d{1,2})?",
                    message =
                            "must be a decimal number such as \"15.30\", with at most 10 digits before and 2 after the"
                                    + " point")
            String amount,

            @Schema(description = "ISO 4217 code of a currency with at most two decimals.", example = "GBP")
            @NotNull
            @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as GBP")
            String currency) {

        Money toMoney() {
            var decimals = decimalsOf(currency);
            var value = new BigDecimal(amount);
            if (value.signum() == 0) {
                throw invalid("amount", "must be more than zero");
            }
            if (value.stripTrailingZeros().scale() > decimals) {
                throw invalid("amount", "must have at most " + decimals + " decimals, as " + currency + " has");
            }
            return new Money(value, currency);
        }

        /**
         * Returns the currency's decimals. Amounts are stored with two, which excludes a few currencies, and units that
         * are not currencies, such as gold.
         */
        private static int decimalsOf(String currency) {
            try {
                var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
                if (decimals >= 0 && decimals <= 2) {
                    return decimals;
                }
            } catch (IllegalArgumentException e) {
                throw invalid("currency", "is not a currency that ISO 4217 knows");
            }
            throw invalid("currency", "is not a currency with at most two decimals");
        }

        private static Refusal invalid(String part, String message) {
            return Refusal.unacceptable(
                    "invalid_price", "The price cannot be used.", new Violation("unitPrice." + part, message));
        }
    }

    /** @throws Refusal if the price is not valid, or the body's sku differs from the path's */
    Product toProduct(String pathSku) {
        if (sku != null && !sku.equals(pathSku)) {
            throw Refusal.unacceptable(
                    "sku_mismatch",
                    "The body is about another product than the path.",
                    new Violation("sku", "must be absent or " + pathSku));
        }
        return new Product(pathSku, name, unitPrice.toMoney());
    }
}
