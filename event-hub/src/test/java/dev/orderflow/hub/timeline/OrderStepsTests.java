package dev.orderflow.hub.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.payment.PaymentEvent;
import dev.orderflow.events.shipping.ShippingEvent;
import dev.orderflow.events.stock.StockEvent;
import dev.orderflow.hub.timeline.Timeline.PendingStep;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStepsTests {

    @Test
    void eachStepIsAnEventOfTheSuite() {
        var events = Stream.of(OrderEvent.class, StockEvent.class, PaymentEvent.class, ShippingEvent.class)
                .flatMap(topic -> Arrays.stream(topic.getPermittedSubclasses()))
                .map(event -> event.getAnnotation(EventType.class).value().replaceFirst("\\.v[0-9]+$", ""))
                .collect(Collectors.toSet());

        assertThat(OrderSteps.types()).hasSizeGreaterThan(12).isSubsetOf(events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                                                      | none      | order.placed, stock.reserved, order.reserved, payment.completed, order.paid, stock.committed, shipment.dispatched, order.shipped, shipment.delivered, order.delivered",
                "order.placed                                              | PLACED    | stock.reserved, order.reserved, payment.completed, order.paid, stock.committed, shipment.dispatched, order.shipped, shipment.delivered, order.delivered",
                "order.placed, stock.rejected                              | PLACED    | order.cancelled",
                "order.placed, order.reserved, payment.declined            | RESERVED  | order.cancelled",
                "order.placed, stock.reserved, order.cancelled             | CANCELLED | stock.released",
                "stock.reserved, payment.completed, order.cancelled        | CANCELLED | stock.released, payment.refunded",
                "stock.reserved, order.paid, shipment.lost, order.cancelled| CANCELLED | none",
                "stock.reserved, stock.released, order.cancelled           | CANCELLED | none",
            })
    void statusAndPendingStepsFollowFromTheEvents(String happened, String status, String pending) {
        var steps = new OrderSteps(types(happened));

        assertThat(steps.status()).isEqualTo(status);
        assertThat(steps.pending().stream()
                        .map(PendingStep::type)
                        .map(type -> type.replace("dev.orderflow.", ""))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(pending == null ? "" : pending);
    }

    private static Set<String> types(String happened) {
        return happened == null
                ? Set.of()
                : Arrays.stream(happened.split(", *"))
                        .map(fact -> "dev.orderflow." + fact.strip() + ".v1")
                        .collect(Collectors.toSet());
    }
}
