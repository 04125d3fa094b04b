package dev.orderflow.order.ordering;

import dev.orderflow.eventing.schemas.PublishedVersions;
import dev.orderflow.events.order.OrderPlacedV2;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Versions in which this service publishes its events. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderEventsProperties.class)
class OrderVersions {

    @Bean
    PublishedVersions<OrderPlacedV2> placedVersions(OrderEventsProperties properties) {
        return new PublishedVersions<>(OrderPlacedV2.class, placed -> switch (properties.placed()) {
            case V1 -> List.of(placed.toV1());
            case BOTH -> List.of(placed.toV1(), placed);
            case V2 -> List.of(placed);
        });
    }
}
