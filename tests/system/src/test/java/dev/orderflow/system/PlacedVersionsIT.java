package dev.orderflow.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.verify.evidence.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Instances of order-service beside each other that publish different versions of {@code order.placed}, as in a rolling upgrade
 * and one that is taken back. Either sends what the other has placed. One of them is killed with orders in progress.
 */
@SystemTest
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class PlacedVersionsIT {

    private static final int ORDERS = 40;
    private static final int ENOUGH = 1_000;
    private static final String DIVERTED = """
            SELECT count(*) FROM (SELECT key FROM dead_letter UNION ALL SELECT key FROM key_hold) diverted
            WHERE key = ANY (string_to_array(?, ','))
            """;

    private final RunningSuite suite;
    private final Shop both;

    PlacedVersionsIT(RunningSuite suite, Shop both) {
        this.suite = suite;
        this.both = both;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void eachOrderTakesEffectOnceWhateverVersionsItsInstancePublishes(String versions) {
        var sku = both.newProduct(ENOUGH);

        var orders = new ArrayList<UUID>();
        try (var other = new SecondOrderService(suite.topology(), "-Dorders.events.placed=" + versions)) {
            orders.addAll(placeWithEach(List.of(both, other.shop()), sku));
        }
        orders.addAll(placeWithEach(List.of(both), sku));

        assertThat(orders.stream().map(both::awaitFinal))
                .hasSize(2 * ORDERS)
                .allSatisfy(order -> assertThat(order.status()).isEqualTo(OrderStatus.PAID));
        both.awaitStock(sku, ENOUGH - 2 * ORDERS, 0, 2 * ORDERS);
        for (var service : List.of(Service.INVENTORY, Service.NOTIFICATION)) {
            try (var database = new ServiceDatabase(suite, service)) {
                assertThat(database.count(
                                DIVERTED, orders.stream().map(UUID::toString).collect(joining(","))))
                        .as("dead letters and holds of %s", service)
                        .isZero();
            }
        }
    }

    /** Places orders with the instances in turn. Returns before any need be final. */
    private static List<UUID> placeWithEach(List<Shop> instances, String sku) {
        try (var threads = Executors.newFixedThreadPool(4)) {
            return IntStream.range(0, ORDERS)
                    .mapToObj(index -> instances.get(index % instances.size()))
                    .map(shop -> CompletableFuture.supplyAsync(
                            () -> shop.place(Shop.order(sku, 1, PaymentMethod.CARD)), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .map(Order::orderId)
                    .toList();
        }
    }
}
