package dev.orderflow.loyalty.points;

import dev.orderflow.events.Money;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The rule by which orders earn points.
 *
 * @param per amount of an order's total that earns one point, in any currency. A remainder that is less earns none: the points
 *            are total / per, rounded down
 */
@Validated
@ConfigurationProperties("loyalty.points")
record PointsProperties(
        @NotNull @DecimalMin("0.01") @DecimalMax("1000000") @DefaultValue("1.00")
        BigDecimal per) {

    /** Most points of an order or a request, which JSON numbers express exactly. */
    static final long MOST = 1_000_000_000_000_000L;

    /**
     * Returns the points of an order.
     *
     * @throws UnawardableOrderException if the total is negative, or the points are more than 10<sup>15</sup>
     */
    long pointsFor(Money total) {
        var points = total.amount().divide(per, 0, RoundingMode.FLOOR);
        if (points.signum() < 0 || points.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw new UnawardableOrderException("no order has a total of " + total.amount());
        }
        return points.longValueExact();
    }
}
