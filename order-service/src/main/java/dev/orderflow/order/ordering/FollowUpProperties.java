package dev.orderflow.order.ordering;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Follow-up of deliveries.
 *
 * @param delay time from the delivery of an order to the e-mail that asks whether all is well; zero for none
 */
@Validated
@ConfigurationProperties("orders.follow-up")
record FollowUpProperties(
        @DefaultValue("3d") @NotNull @DurationMin @DurationMax(days = 365)
        Duration delay) {}
