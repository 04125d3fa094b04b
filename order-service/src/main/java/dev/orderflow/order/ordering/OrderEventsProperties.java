package dev.orderflow.order.ordering;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Versions of the events that are published.
 *
 * @param placed versions of {@code order.placed}: both until all consumers, also those of other teams, handle version 2
 */
@Validated
@ConfigurationProperties("orders.events")
record OrderEventsProperties(@DefaultValue("both") @NotNull Versions placed) {

    /** Published versions of an event of which there are two. */
    enum Versions {
        V1,
        BOTH,
        V2
    }
}
