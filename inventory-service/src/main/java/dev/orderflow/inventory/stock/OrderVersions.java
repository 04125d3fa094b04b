package dev.orderflow.inventory.stock;

import dev.orderflow.eventing.schemas.Upcaster;
import dev.orderflow.events.order.OrderPlacedUpcast;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Conversions of older versions of the events that {@link StockEventHandlers} consumes. */
@Configuration(proxyBeanMethods = false)
class OrderVersions {

    @Bean
    Upcaster orderPlacedUpcaster() {
        return new Upcaster(OrderPlacedUpcast.FROM, OrderPlacedUpcast.TO, new OrderPlacedUpcast());
    }
}
