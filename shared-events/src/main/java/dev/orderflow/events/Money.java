package dev.orderflow.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of a currency, with that currency's number of decimals.
 *
 * @param amount   a string in JSON, because numbers may be read as binary fractions
 * @param currency ISO 4217 code
 */
public record Money(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

    /**
     * Maximum digits before and after the point, more than any amount needs. An exponent expresses 300 million digits
     * in eleven characters.
     */
    private static final int MOST_DIGITS = 30;

    /**
     * @throws IllegalArgumentException if the currency is unknown, the amount has more decimals than it allows, or more
     * than {@value #MOST_DIGITS} digits before or after its point
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

    /** Creates an amount from its decimal text, such as {@code 15.30}. */
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(amount.add(other.amount), currency);
    }

    /** Multiplies exactly, without rounding. */
    public Money times(int quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)), currency);
    }
}
