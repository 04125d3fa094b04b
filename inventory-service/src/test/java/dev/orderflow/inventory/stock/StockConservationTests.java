package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.OrderEvents.cancelled;
import static dev.orderflow.inventory.stock.OrderEvents.line;
import static dev.orderflow.inventory.stock.OrderEvents.paid;
import static dev.orderflow.inventory.stock.OrderEvents.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.PricedOrderLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No unit appears or is lost, and each count equals the sum that orders hold, for random sequences of events. */
class StockConservationTests {

    private static final int PRODUCTS = 5;

    private final InMemoryWarehouse warehouse = new InMemoryWarehouse();
    private final Map<String, Long> initial = new HashMap<>();
    private final Map<UUID, List<PricedOrderLine>> lines = new HashMap<>();
    private final List<UUID> orders = new ArrayList<>();

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void unitsAreConserved(long seed) {
        var random = new Random(seed);
        for (var product = 0; product < PRODUCTS; product++) {
            var available = random.nextInt(30);
            warehouse.stock("S" + product, available);
            initial.put("S" + product, (long) available);
        }
        for (var batch = 0; batch < 20; batch++) {
            warehouse.handle(Stream.generate(() -> anyEvent(random))
                    .limit(1 + random.nextInt(10))
                    .toArray(OrderEvent[]::new));
            warehouse.items.values().forEach(this::assertConserved);
        }
    }

    private OrderEvent anyEvent(Random random) {
        if (orders.isEmpty() || random.nextInt(3) == 0) {
            orders.add(UUID.randomUUID());
            lines.put(orders.getLast(), anyLines(random));
            return placed(orders.getLast(), lines.get(orders.getLast()));
        }
        var order = orders.get(random.nextInt(orders.size()));
        return switch (random.nextInt(3)) {
            case 0 -> placed(order, lines.get(order));
            case 1 -> paid(order);
            default -> cancelled(order);
        };
    }

    /** Sometimes includes a product that is not stocked, sometimes one product twice. */
    private static List<PricedOrderLine> anyLines(Random random) {
        return Stream.generate(() -> line("S" + random.nextInt(PRODUCTS + 1), 1 + random.nextInt(4)))
                .limit(1 + random.nextInt(4))
                .toList();
    }

    private void assertConserved(StockItem item) {
        assertThat(item.available() + item.reserved() + item.sold()).isEqualTo(initial.get(item.sku()));
        assertThat(item.available()).isNotNegative();
        assertThat(item.reserved()).isEqualTo(heldBy(ReservationState.RESERVED, item.sku()));
        assertThat(item.sold()).isEqualTo(heldBy(ReservationState.COMMITTED, item.sku()));
    }

    private long heldBy(ReservationState state, String sku) {
        return warehouse.reservations.values().stream()
                .filter(reservation -> reservation.state() == state)
                .mapToLong(reservation -> reservation.quantities().bySku().getOrDefault(sku, 0))
                .sum();
    }
}
