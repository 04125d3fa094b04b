package dev.orderflow.events.schema;

import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.events.customer.CustomerEvent;
import dev.orderflow.events.loyalty.LoyaltyEvent;
import dev.orderflow.events.notification.MerchandiserNotification;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.payment.PaymentEvent;
import dev.orderflow.events.promotion.PromotionEvent;
import dev.orderflow.events.shipping.ShippingEvent;
import dev.orderflow.events.stock.StockEvent;
import dev.orderflow.events.stock.StockLevelEvent;
import dev.orderflow.events.timer.OrderTimer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All event records by the name of their type. */
final class EventCatalog {

    private static final List<Class<?>> TOPICS = List.of(
            OrderEvent.class,
            StockEvent.class,
            PaymentEvent.class,
            ShippingEvent.class,
            LoyaltyEvent.class,
            StockLevelEvent.class,
            MerchandiserNotification.class,
            OrderTimer.class,
            CustomerEvent.class,
            PromotionEvent.class);

    private EventCatalog() {}

    static List<String> topics() {
        return TOPICS.stream()
                .map(topic -> Objects.requireNonNull(topic.getAnnotation(EventTopic.class))
                        .value())
                .toList();
    }

    static SortedMap<String, Class<?>> events() {
        return new TreeMap<>(TOPICS.stream()
                .flatMap(topic -> Arrays.stream(topic.getPermittedSubclasses()))
                .collect(Collectors.toMap(EventCatalog::type, event -> event)));
    }

    static String type(Class<?> event) {
        return Objects.requireNonNull(event.getAnnotation(EventType.class)).value();
    }
}
