package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.events.Money;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsPropertiesTests {

    @ParameterizedTest
    @CsvSource({
        "1.00, 15.30, GBP, 15",
        "1.00, 0.99, GBP, 0",
        "1.00, 0.00, GBP, 0",
        "1.00, 1.00, GBP, 1",
        "0.30, 1.00, GBP, 3",
        "0.01, 12345.67, GBP, 1234567",
        "10, 99.99, EUR, 9",
        "100, 1500, JPY, 15",
        "1.00, 999999999999.99, GBP, 999999999999"
    })
    void pointsAreTheTotalDividedByTheAmountRoundedDown(BigDecimal per, String total, String currency, long points) {
        assertThat(new PointsProperties(per).pointsFor(Money.of(total, currency)))
                .isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({"-0.01", "100000000000000000.00"})
    void aTotalThatNoOrderHasEarnsNothing(String total) {
        var rule = new PointsProperties(BigDecimal.ONE);

        assertThatExceptionOfType(UnawardableOrderException.class)
                .isThrownBy(() -> rule.pointsFor(Money.of(total, "GBP")));
    }
}
