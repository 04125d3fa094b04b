package dev.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.events.customer.CustomerErased;
import dev.orderflow.events.customer.CustomerEvent;
import dev.orderflow.events.loyalty.LoyaltyEvent;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.loyalty.PointsRedeemed;
import dev.orderflow.events.loyalty.PointsReversed;
import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.notification.MerchandiserNotification;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.order.PricedOrderLine;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentEvent;
import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.events.promotion.PromotionChanged;
import dev.orderflow.events.promotion.PromotionEvent;
import dev.orderflow.events.promotion.PromotionKind;
import dev.orderflow.events.promotion.PromotionRemoved;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.shipping.ShippingEvent;
import dev.orderflow.events.stock.Shortage;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockEvent;
import dev.orderflow.events.stock.StockLevelEvent;
import dev.orderflow.events.stock.StockLow;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReleased;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.events.timer.OrderTimer;
import dev.orderflow.events.timer.PaymentDue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class EventsTests {

    private static final UUID ORDER = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final String CUSTOMER = "~8f14e45f-ceea-467f-a1c0-9d5d2a7c3b11";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Money PRICE = Money.of("2.55", "GBP");
    private static final Money TOTAL = Money.of("5.10", "GBP");

    private static final SchemaRegistry VALIDATORS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonMapper json = JsonMapper.builder().build();

    static Stream<DomainEvent> examples() {
        var line = new OrderLine("85123A", "Light holder", 2, PRICE, TOTAL);
        var priced = new PricedOrderLine(
                "85123A", "Light holder", 2, Money.of("3.00", "GBP"), Money.of("0.45", "GBP"), PRICE, TOTAL);
        return Stream.of(
                new OrderPlacedV2(ORDER, "17850", List.of(priced), TOTAL, PaymentMethod.CARD, AT),
                new OrderPlaced(ORDER, "17850", List.of(line), TOTAL, PaymentMethod.CARD, AT),
                new OrderReserved(ORDER, "17850", TOTAL, PaymentMethod.CARD_DECLINED, AT),
                new OrderUnpaid(ORDER, "17850", TOTAL, AT.plusSeconds(300), AT),
                new OrderPaid(ORDER, "17850", TOTAL, AT),
                new OrderShipped(ORDER, "17850", "trk_1", AT),
                new OrderDelivered(ORDER, "17850", AT),
                new OrderFollowUpDue(ORDER, "17850", AT, AT.plusSeconds(300)),
                new OrderCancelled(ORDER, "17850", CancellationReason.OUT_OF_STOCK, AT),
                new StockReserved(ORDER, AT),
                new StockRejected(ORDER, List.of(new Shortage("85123A", 2, 1)), AT),
                new StockCommitted(ORDER, AT),
                new StockReleased(ORDER, AT),
                new PaymentCompleted(ORDER, TOTAL, "pay_1", AT),
                new PaymentDeclined(ORDER, TOTAL, "card declined", AT),
                new PaymentRefunded(ORDER, TOTAL, "pay_1", AT),
                new ShipmentDispatched(ORDER, "trk_1", AT),
                new ShipmentDelivered(ORDER, "trk_1", AT),
                new ShipmentStopped(ORDER, "trk_1", AT),
                new ShipmentStopRefused(ORDER, "trk_1", AT),
                new ShipmentLost(ORDER, "trk_1", AT),
                new PointsAwarded(ORDER, CUSTOMER, 5L, 7L, AT),
                new PointsReversed(ORDER, CUSTOMER, 5L, 0L, 2L, AT),
                new PointsRedeemed(ORDER, CUSTOMER, 3L, 4L, AT),
                new StockLow("85123A", 4L, 5L, AT),
                new LowStockNoticed("85123A", 4L, 5L, AT),
                new PaymentDue(ORDER, PaymentDue.Step.TIMEOUT),
                new CustomerErased(CUSTOMER, AT),
                promotion(),
                new PromotionRemoved(ORDER, 3L, AT));
    }

    private static PromotionChanged promotion() {
        return new PromotionChanged(
                ORDER,
                2L,
                "Spring",
                PromotionKind.PERCENTAGE,
                new BigDecimal("12.50"),
                null,
                TOTAL,
                null,
                null,
                null,
                "SPRING-26",
                AT,
                AT.plusSeconds(60),
                -1,
                "seasons",
                100,
                1,
                AT);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anEventSurvivesTheWireAndIsKeyedByWhatItIsAbout(DomainEvent event) {
        var written = json.writeValueAsString(event);

        assertThat(json.readValue(written, event.getClass())).isEqualTo(event);
        assertThat(event.key()).isIn(ORDER.toString(), "85123A", CUSTOMER);
        assertThat(written).doesNotContain("\"key\"");
    }

    /** Compares what a record writes with what its schema derives from the declaration. */
    @ParameterizedTest
    @MethodSource("examples")
    void anEventIsValidUnderItsSchema(DomainEvent event) {
        var type = event.getClass().getAnnotation(EventType.class).value();
        var schema = VALIDATORS.getSchema(getClass().getResourceAsStream("/schemas/" + type + ".json"));

        assertThat(schema.validate(json.valueToTree(event))).isEmpty();
        assertThat(schema.validate(json.createObjectNode())).isNotEmpty();
    }

    @Test
    void everyEventHasAnExample() {
        assertThat(examples().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(
                        topics().flatMap(EventsTests::recordsOf).toList());
    }

    /** Other services and stored events use these names: a change needs a new version. */
    @Test
    void namesOnTheWireNeverChange() {
        assertThat(examples()
                        .collect(Collectors.toMap(
                                event -> event.getClass().getSimpleName(),
                                event -> event.getClass()
                                        .getAnnotation(EventType.class)
                                        .value())))
                .isEqualTo(Map.ofEntries(
                        Map.entry("OrderPlaced", "dev.orderflow.order.placed.v1"),
                        Map.entry("OrderPlacedV2", "dev.orderflow.order.placed.v2"),
                        Map.entry("OrderReserved", "dev.orderflow.order.reserved.v1"),
                        Map.entry("OrderUnpaid", "dev.orderflow.order.unpaid.v1"),
                        Map.entry("OrderPaid", "dev.orderflow.order.paid.v1"),
                        Map.entry("OrderShipped", "dev.orderflow.order.shipped.v1"),
                        Map.entry("OrderDelivered", "dev.orderflow.order.delivered.v1"),
                        Map.entry("OrderFollowUpDue", "dev.orderflow.order.followupdue.v1"),
                        Map.entry("OrderCancelled", "dev.orderflow.order.cancelled.v1"),
                        Map.entry("StockReserved", "dev.orderflow.stock.reserved.v1"),
                        Map.entry("StockRejected", "dev.orderflow.stock.rejected.v1"),
                        Map.entry("StockCommitted", "dev.orderflow.stock.committed.v1"),
                        Map.entry("StockReleased", "dev.orderflow.stock.released.v1"),
                        Map.entry("PaymentCompleted", "dev.orderflow.payment.completed.v1"),
                        Map.entry("PaymentDeclined", "dev.orderflow.payment.declined.v1"),
                        Map.entry("PaymentRefunded", "dev.orderflow.payment.refunded.v1"),
                        Map.entry("ShipmentDispatched", "dev.orderflow.shipment.dispatched.v1"),
                        Map.entry("ShipmentDelivered", "dev.orderflow.shipment.delivered.v1"),
                        Map.entry("ShipmentStopped", "dev.orderflow.shipment.stopped.v1"),
                        Map.entry("ShipmentStopRefused", "dev.orderflow.shipment.stoprefused.v1"),
                        Map.entry("ShipmentLost", "dev.orderflow.shipment.lost.v1"),
                        Map.entry("PointsAwarded", "dev.orderflow.points.awarded.v1"),
                        Map.entry("PointsReversed", "dev.orderflow.points.reversed.v1"),
                        Map.entry("PointsRedeemed", "dev.orderflow.points.redeemed.v1"),
                        Map.entry("StockLow", "dev.orderflow.stock.low.v1"),
                        Map.entry("LowStockNoticed", "dev.orderflow.notification.lowstock.v1"),
                        Map.entry("PaymentDue", "dev.orderflow.timer.paymentdue.v1"),
                        Map.entry("CustomerErased", "dev.orderflow.customer.erased.v1"),
                        Map.entry("PromotionChanged", "dev.orderflow.promotion.changed.v1"),
                        Map.entry("PromotionRemoved", "dev.orderflow.promotion.removed.v1")));
        assertThat(topics().map(topic -> topic.getAnnotation(EventTopic.class).value()))
                .containsExactly(
                        "order-events",
                        "inventory-events",
                        "payment-events",
                        "shipping-events",
                        "loyalty-events",
                        "stock-level-events",
                        "notification-events",
                        "order-timers",
                        "customer-events",
                        "promotion-rules");
    }

    @Test
    void readersIgnoreFieldsTheyDoNotKnow() {
        var written = json.writeValueAsString(new StockReserved(ORDER, AT)).replace("}", ",\"warehouse\":\"north\"}");

        assertThat(json.readValue(written, StockReserved.class)).isEqualTo(new StockReserved(ORDER, AT));
    }

    private static Stream<Class<?>> topics() {
        return Stream.of(
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
    }

    private static Stream<Class<?>> recordsOf(Class<?> topic) {
        return Arrays.stream(topic.getPermittedSubclasses());
    }
}
