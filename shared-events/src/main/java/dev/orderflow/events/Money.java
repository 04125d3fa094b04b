package dev.orderflow.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of one currency, with the number of decimals that currency has.
 *
 * @param amount   written as a JSON string, so that no reader turns it into a binary fraction
 * @param currency ISO 4217 code
 */
public record Money(
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("Decimal number with the currency's decimals, as a string so that none are lost")
        @Bounds(pattern = "-?[0-9]{1,30}(\\.[0-9]{1,30})?")
        BigDecimal amount,

        @JsonPropertyDescription("ISO 4217 code") @Bounds(pattern = "[A-Z]{3}")
        String currency) {

    /** Digits before and after the point: beyond any amount. An exponent writes 300 million of them in eleven characters. */
    private static final int MOST_DIGITS = 30;

    /**
     * @throws IllegalArgumentException when the currency is unknown, the amount has more decimals than it allows, or is
     *     written with more than {@value #MOST_DIGITS} digits before or after its point
     */
    public Money {
        if (amount.scale() > MOST_DIGITS || (long) amount.precision() - amount.scale() > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "an amount has at most " + MOST_DIGITS + " digits before and after its point");
        }
        var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        try {
            amount = amount.setScale(decimals, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(amount + " has more than " + decimals + " decimals of " + currency, e);
        }
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** @throws IllegalArgumentException when the currencies differ */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(amount.add(other.amount), currency);
    }

    public Money times(int quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)), currency);
    }
}
