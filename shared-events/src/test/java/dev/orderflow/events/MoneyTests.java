package dev.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MoneyTests {

    @Test
    void anAmountHasTheDecimalsOfItsCurrency() {
        assertThat(Money.of("15.3", "GBP").amount()).hasToString("15.30");
        assertThat(Money.of("15", "JPY").amount()).hasToString("15");
        assertThatThrownBy(() -> Money.of("15.305", "GBP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("15.305 has more than 2 decimals of GBP");
        assertThatThrownBy(() -> Money.of("1", "XXQ")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Rescaling such a number would take minutes and gigabytes. */
    @ParameterizedTest
    @ValueSource(strings = {"1e300000000", "-1E+2147483647", "1e-300000000", "0e300000000", "1e31"})
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAmountIsNotWrittenWithAnEndlessNumberOfDigits(String amount) {
        assertThatThrownBy(() -> Money.of(amount, "GBP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("digits");
    }

    @Test
    void amountsOfOneCurrencyAddUp() {
        assertThat(Money.of("0.10", "GBP").times(3).plus(Money.of("0.70", "GBP")))
                .isEqualTo(Money.of("1", "GBP"));
        assertThatThrownBy(() -> Money.zero("GBP").plus(Money.zero("EUR"))).hasMessage("cannot add EUR to GBP");
    }

    @Test
    void jsonCarriesTheAmountAsAString() {
        var json = JsonMapper.builder().build();

        assertThat(json.writeValueAsString(Money.of("15.3", "GBP")))
                .isEqualTo("{\"amount\":\"15.30\",\"currency\":\"GBP\"}");
        assertThat(json.readValue("{\"amount\":\"15.30\",\"currency\":\"GBP\"}", Money.class))
                .isEqualTo(Money.of("15.3", "GBP"));
    }
}
