package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;

/**
 * Amount of money in requests and responses.
 *
 * @param amount a decimal, written as a JSON string
 * @param currency ISO 4217 code
 */
record Amount(
        @NotNull @DecimalMin("0") @Digits(integer = 12, fraction = 3) @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal amount,

        @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {

    /** Returns whether both are the same amount, whatever their number of trailing zeros. */
    boolean sameAs(Amount other) {
        return currency.equals(other.currency) && amount.compareTo(other.amount) == 0;
    }
}
