package dev.orderflow.verify.evidence;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Topics;
import dev.orderflow.events.customer.CustomerErased;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.stock.StockLow;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.events.timer.PaymentDue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services and the events each must consume. This repeats the services' own configuration on purpose: a service
 * that forgets to handle an event would otherwise go unnoticed.
 */
public enum Service {
    ORDER(Set.of(
            StockReserved.class,
            StockRejected.class,
            PaymentCompleted.class,
            PaymentDeclined.class,
            ShipmentDispatched.class,
            ShipmentDelivered.class,
            ShipmentLost.class,
            ShipmentStopped.class,
            PaymentDue.class,
            CustomerErased.class)),
    INVENTORY(Set.of(OrderPlaced.class, OrderPlacedV2.class, OrderPaid.class, OrderCancelled.class)),
    PAYMENT(Set.of(OrderReserved.class, OrderCancelled.class)),
    SHIPPING(Set.of(OrderPaid.class, OrderShipped.class, OrderCancelled.class)),
    LOYALTY(Set.of(OrderPaid.class, OrderCancelled.class)),
    NOTIFICATION(Set.of(
            OrderPlaced.class,
            OrderPlacedV2.class,
            OrderReserved.class,
            OrderUnpaid.class,
            OrderPaid.class,
            OrderShipped.class,
            OrderDelivered.class,
            OrderFollowUpDue.class,
            OrderCancelled.class,
            StockLow.class,
            LowStockNoticed.class,
            PointsAwarded.class,
            CustomerErased.class));

    /** All topics that carry events of the suite. */
    public static final List<String> TOPICS = List.of(
            Topics.ORDER_EVENTS,
            Topics.INVENTORY_EVENTS,
            Topics.PAYMENT_EVENTS,
            Topics.SHIPPING_EVENTS,
            Topics.LOYALTY_EVENTS,
            Topics.STOCK_LEVEL_EVENTS,
            Topics.NOTIFICATION_EVENTS,
            Topics.ORDER_TIMERS,
            Topics.CUSTOMERS,
            Topics.PROMOTION_RULES);

    private final Set<String> subscribedTypes;
    private final Set<String> topics;

    Service(Set<Class<? extends DomainEvent>> subscribed) {
        this.subscribedTypes = subscribed.stream().map(Service::typeOf).collect(Collectors.toUnmodifiableSet());
        this.topics = subscribed.stream().map(Service::topicOf).collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the service's name, which is also that of its consumer group} */
    public String group() {
        return shortName() + "-service";
    }

    /** {@return the service's name in {@code ./demo start}} */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it must consume events of {@code type}. */
    public boolean mustConsume(String type) {
        return subscribedTypes.contains(type);
    }

    /** Returns whether its consumer group reads {@code topic}. */
    public boolean reads(String topic) {
        return topics.contains(topic);
    }

    /** Returns the only service that publishes on {@code topic}. */
    public static Optional<Service> ownerOf(String topic) {
        return switch (topic) {
            case Topics.ORDER_EVENTS, Topics.ORDER_TIMERS, Topics.CUSTOMERS, Topics.PROMOTION_RULES ->
                Optional.of(ORDER);
            case Topics.INVENTORY_EVENTS, Topics.STOCK_LEVEL_EVENTS -> Optional.of(INVENTORY);
            case Topics.PAYMENT_EVENTS -> Optional.of(PAYMENT);
            case Topics.SHIPPING_EVENTS -> Optional.of(SHIPPING);
            case Topics.LOYALTY_EVENTS -> Optional.of(LOYALTY);
            case Topics.NOTIFICATION_EVENTS -> Optional.of(NOTIFICATION);
            default -> Optional.empty();
        };
    }

    /** Returns the services that must consume events of {@code type}. */
    static Set<Service> subscribersOf(String type) {
        return Arrays.stream(values())
                .filter(service -> service.mustConsume(type))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the event's type on the wire. */
    public static String typeOf(Class<? extends DomainEvent> event) {
        return Objects.requireNonNull(event.getAnnotation(EventType.class), event.getName())
                .value();
    }

    /** Returns the topic of a class of events. */
    public static String topicOf(Class<? extends DomainEvent> event) {
        return Arrays.stream(event.getInterfaces())
                .map(stream -> stream.getAnnotation(EventTopic.class))
                .filter(Objects::nonNull)
                .map(EventTopic::value)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(event.getName() + " has no topic"));
    }
}
