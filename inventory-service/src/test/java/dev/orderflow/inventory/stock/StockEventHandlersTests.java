package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.InMemoryWarehouse.NOW;
import static dev.orderflow.inventory.stock.OrderEvents.cancelled;
import static dev.orderflow.inventory.stock.OrderEvents.line;
import static dev.orderflow.inventory.stock.OrderEvents.paid;
import static dev.orderflow.inventory.stock.OrderEvents.placed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.stock.Shortage;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockLow;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReleased;
import dev.orderflow.events.stock.StockReserved;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockEventHandlersTests {

    private final InMemoryWarehouse warehouse = new InMemoryWarehouse();

    @BeforeEach
    void fillTheShelves() {
        warehouse.stock("A", 10);
        warehouse.stock("B", 2);
    }

    @Test
    void allLinesOfAnOrderAreReserved() {
        var order = placed(line("A", 3), line("B", 1), line("A", 1));

        warehouse.handle(order);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 6, 4, 0));
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 1, 1, 0));
        assertThat(warehouse.published).containsExactly(new StockReserved(order.orderId(), NOW));
        assertThat(stateOf(order.orderId())).isEqualTo(ReservationState.RESERVED);
    }

    /** Threshold 5. A product that is already low is not announced again, and one that was filled up is. */
    @Test
    void aProductIsAnnouncedEachTimeItBecomesLow() {
        var first = placed(line("A", 6), line("B", 1));
        warehouse.handle(placed(line("A", 5)));
        assertThat(warehouse.alerts).isEmpty();
        warehouse.handle(cancelled(warehouse.reservations.keySet().iterator().next()), first);
        warehouse.handle(placed(line("A", 1)), cancelled(first.orderId()), placed(line("A", 8)));

        assertThat(warehouse.alerts).containsExactly(new StockLow("A", 4L, 5L, NOW), new StockLow("A", 1L, 5L, NOW));
    }

    @Test
    void anAnnouncementDoesNotExpireWithTheOrderThatCausedIt() {
        var order = new EventContext("flow", "cause", null, "shop", EventPriority.HIGH, NOW, null, null);

        try (var _ = order.open()) {
            warehouse.handle(placed(line("A", 6)));
        }

        assertThat(warehouse.contextsOfAlerts)
                .containsExactly(new EventContext("flow", "cause", null, "shop", EventPriority.HIGH, null, null, null));
    }

    @Test
    void nothingIsReservedWhenOneLineIsShort() {
        var order = placed(line("A", 3), line("B", 3), line("UNKNOWN", 1));

        warehouse.handle(order);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 10, 0, 0));
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 2, 0, 0));
        assertThat(warehouse.published)
                .containsExactly(new StockRejected(
                        order.orderId(), List.of(new Shortage("B", 3, 2), new Shortage("UNKNOWN", 1, 0)), NOW));
        assertThat(stateOf(order.orderId())).isEqualTo(ReservationState.REJECTED);
    }

    @Test
    void linesThatOnlyTogetherExceedTheStockAreShort() {
        var order = placed(line("B", 1), line("B", 2));

        warehouse.handle(order);

        assertThat(warehouse.published)
                .containsExactly(new StockRejected(order.orderId(), List.of(new Shortage("B", 3, 2)), NOW));
    }

    @Test
    void theOrdersOfABatchShareTheStock() {
        var batch = IntStream.range(0, 25).mapToObj(i -> placed(line("A", 1))).toArray(OrderEvent[]::new);

        warehouse.handle(batch);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 0, 10, 0));
        assertThat(warehouse.published.stream().filter(StockReserved.class::isInstance))
                .hasSize(10);
        assertThat(warehouse.published.stream().filter(StockRejected.class::isInstance))
                .hasSize(15);
    }

    @Test
    void anOrderPlacedAgainChangesNothing() {
        var order = placed(line("A", 3));
        warehouse.handle(order, order);
        warehouse.handle(order);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 7, 3, 0));
        assertThat(warehouse.published).containsExactly(new StockReserved(order.orderId(), NOW));
    }

    @Test
    void anOrderPlacedAgainAfterItsCancellationStaysReleased() {
        var order = placed(line("A", 3));
        warehouse.handle(order, cancelled(order.orderId()));
        warehouse.published.clear();

        warehouse.handle(order);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 10, 0, 0));
        assertThat(warehouse.published).isEmpty();
    }

    @Test
    void anOrderPlacedAgainWithOtherLinesIsRefused() {
        var order = placed(line("A", 3));
        warehouse.handle(order);

        assertThatExceptionOfType(OrderMismatchException.class)
                .isThrownBy(() -> warehouse.handle(placed(order.orderId(), List.of(line("A", 2), line("B", 1)))));

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 7, 3, 0));
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 2, 0, 0));
    }

    @Test
    void aPaidOrdersReservationIsSold() {
        var order = placed(line("A", 3), line("B", 2));
        warehouse.handle(order);

        warehouse.handle(paid(order.orderId()));

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 7, 0, 3));
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 0, 0, 2));
        assertThat(warehouse.published).last().isEqualTo(new StockCommitted(order.orderId(), NOW));
    }

    @Test
    void aCancelledOrdersReservationIsAvailableAgain() {
        var order = placed(line("A", 3), line("B", 2));
        warehouse.handle(order);

        warehouse.handle(cancelled(order.orderId()));

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 10, 0, 0));
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 2, 0, 0));
        assertThat(warehouse.published).last().isEqualTo(new StockReleased(order.orderId(), NOW));
    }

    @Test
    void soldStockIsAvailableAgainWhenThePaidOrderIsCancelled() {
        var order = placed(line("A", 3));
        warehouse.handle(order, paid(order.orderId()), cancelled(order.orderId()));

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 10, 0, 0));
        assertThat(warehouse.published).last().isEqualTo(new StockReleased(order.orderId(), NOW));
        assertThat(stateOf(order.orderId())).isEqualTo(ReservationState.RELEASED);
    }

    @Test
    void theGoodsOfALostParcelStaySold() {
        var order = placed(line("A", 3));
        var lost = new OrderCancelled(order.orderId(), "customer", CancellationReason.PARCEL_LOST, NOW);
        warehouse.handle(order, paid(order.orderId()), lost);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 7, 0, 3));
        assertThat(warehouse.published).last().isEqualTo(new StockCommitted(order.orderId(), NOW));
    }

    @Test
    void theGoodsOfAStoppedParcelAreAvailableAgain() {
        var order = placed(line("A", 3));
        var stopped = new OrderCancelled(order.orderId(), "customer", CancellationReason.PARCEL_STOPPED, NOW);
        warehouse.handle(order, paid(order.orderId()), stopped);

        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 10, 0, 0));
        assertThat(warehouse.published).last().isEqualTo(new StockReleased(order.orderId(), NOW));
    }

    @Test
    void stockReleasedInABatchServesItsLaterOrders() {
        var first = placed(line("B", 2));
        var second = placed(line("B", 2));

        warehouse.handle(first, cancelled(first.orderId()), second);

        assertThat(stateOf(second.orderId())).isEqualTo(ReservationState.RESERVED);
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 0, 2, 0));
    }

    @Test
    void cancellingARejectedReleasedOrUnknownOrderChangesNothing() {
        var rejected = placed(line("B", 3));
        var released = placed(line("B", 1));
        warehouse.handle(rejected, released, cancelled(released.orderId()));
        warehouse.published.clear();

        warehouse.handle(cancelled(rejected.orderId()), cancelled(released.orderId()), cancelled(UUID.randomUUID()));

        assertThat(warehouse.published).isEmpty();
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 2, 0, 0));
        assertThat(stateOf(rejected.orderId())).isEqualTo(ReservationState.REJECTED);
    }

    @Test
    void payingARejectedReleasedOrUnknownOrderChangesNothing() {
        var rejected = placed(line("B", 3));
        var released = placed(line("B", 1));
        warehouse.handle(rejected, released, cancelled(released.orderId()));
        warehouse.published.clear();

        warehouse.handle(paid(rejected.orderId()), paid(released.orderId()), paid(UUID.randomUUID()));

        assertThat(warehouse.published).isEmpty();
        assertThat(warehouse.level("B")).isEqualTo(new StockLevel("B", 2, 0, 0));
    }

    @Test
    void aBatchLocksAllItsProductsOnceAndInOrder() {
        var held = placed(line("B", 1));
        warehouse.handle(held);
        warehouse.locks.clear();

        warehouse.handle(placed(line("C", 1), line("A", 1)), cancelled(held.orderId()), placed(line("A", 2)));

        assertThat(warehouse.locks).containsExactly(List.of("A", "B", "C"));
    }

    @Test
    void aHandlerRefusesAnOrderThatItsBatchDidNotLoad() {
        warehouse.handle(placed(line("A", 1)));

        assertThatIllegalStateException().isThrownBy(() -> warehouse.call(placed(line("A", 1))));
        assertThat(warehouse.level("A")).isEqualTo(new StockLevel("A", 9, 1, 0));
    }

    private ReservationState stateOf(UUID orderId) {
        return requireNonNull(warehouse.reservations.get(orderId)).state();
    }
}
