package dev.orderflow.order.web;

import dev.orderflow.edge.Turns;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Bounds the orders that are placed at the same time. Placing has its own bound, because a few transactions place all
 * orders together: the more requests arrive at once, the less each costs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLimitProperties.class)
public class OrderTurns {

    /** Name of the bound for requests that place orders. */
    public static final String PLACING = "placingTurns";

    private final Runnable refused;

    OrderTurns(ObjectProvider<MeterRegistry> meters) {
        var registry = meters.getIfAvailable();
        this.refused =
                registry == null ? () -> {} : registry.counter("orders.requests.refused", "limit", "turns")::increment;
    }

    @Bean(PLACING)
    Turns placingTurns(RequestLimitProperties limits) {
        return new Turns(limits.concurrent(), limits.waiting(), limits.patience(), refused);
    }
}
