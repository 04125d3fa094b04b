package dev.orderflow.order.catalog;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Currency;

/** An amount in the body of a request. */
@Schema(name = "Price", description = "More than zero.")
public record Price(
        @Schema(description = "Decimal number, as a string to avoid rounding.", example = "2.55")
        @NotNull
        @Pattern(
                regexp = "\\d{1,10}(\\.\\d{1,2})?",
                message = "must be a decimal number such as \"15.30\", with at most 10 digits before and 2 after the"
                        + " point")
        String amount,

        @Schema(description = "ISO 4217 code of a currency with at most two decimals.", example = "GBP")
        @NotNull
        @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as GBP")
        String currency) {

    /**
     * Returns the amount in its currency's decimals.
     *
     * @param field of the request that has this price
     * @throws Refusal if the amount is zero, has too many decimals, or its currency is unknown
     */
    public Money toMoney(String field) {
        var decimals = decimalsOf(currency, field);
        var value = new BigDecimal(amount);
        if (value.signum() == 0) {
            throw invalid(field + ".amount", "must be more than zero");
        }
        if (value.stripTrailingZeros().scale() > decimals) {
            throw invalid(field + ".amount", "must have at most " + decimals + " decimals, as " + currency + " has");
        }
        return new Money(value, currency);
    }

    /**
     * Returns the currency's decimals. Amounts are stored with two, which excludes a few currencies, and units that
     * are not currencies, such as gold.
     */
    private static int decimalsOf(String currency, String field) {
        try {
            var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
            if (decimals >= 0 && decimals <= 2) {
                return decimals;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(field + ".currency", "is not a currency that ISO 4217 knows");
        }
        throw invalid(field + ".currency", "is not a currency with at most two decimals");
    }

    private static Refusal invalid(String field, String message) {
        return Refusal.unacceptable("invalid_price", "The price cannot be used.", new Violation(field, message));
    }
}
