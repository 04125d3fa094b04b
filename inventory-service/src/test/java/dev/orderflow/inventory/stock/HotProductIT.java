package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.OrderEvents.cancelled;
import static dev.orderflow.inventory.stock.OrderEvents.line;
import static dev.orderflow.inventory.stock.OrderEvents.paid;
import static dev.orderflow.inventory.stock.OrderEvents.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.PricedOrderLine;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Simulates several instances of the service: batches in transactions on many threads. */
@StockServiceTest
class HotProductIT {

    private static final int INSTANCES = 6;

    private final Stockroom stockroom;
    private final Stocktaking stocktaking;
    private final Statistics statistics;

    HotProductIT(
            @Autowired Stockroom stockroom,
            @Autowired Stocktaking stocktaking,
            @Autowired EntityManagerFactory entityManagers) {
        this.statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        this.stockroom = stockroom;
        this.stocktaking = stocktaking;
    }

    /**
     * Each order wants the hot product and all others, in a different sequence. Without a fixed locking order, this
     * deadlocks.
     */
    @Test
    void concurrentBatchesNeitherDeadlockNorOversell() throws Exception {
        var hot = stockroom.newSku(50);
        var skus = new ArrayList<>(
                Stream.generate(() -> stockroom.newSku(10_000)).limit(10).toList());
        skus.add(hot);
        var orders = IntStream.range(0, 200)
                .mapToObj(seed -> oneOfEach(skus, new Random(seed)))
                .toList();

        allAtOnce(IntStream.range(0, 40)
                .mapToObj(batch -> orders.subList(batch * 5, batch * 5 + 5))
                .<Callable<Void>>map(batch -> () -> consume(batch))
                .toList());

        assertThat(orders)
                .extracting(order -> stockroom.stateOf(order.orderId()).orElseThrow())
                .filteredOn(ReservationState.RESERVED::equals)
                .hasSize(50);
        assertThat(stockroom.level(hot)).isEqualTo(new StockLevel(hot, 0, 50, 0));
        assertThat(skus)
                .filteredOn(sku -> !sku.equals(hot))
                .allSatisfy(sku -> assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 9_950, 50, 0)));
    }

    @Test
    void aProductIsWrittenOncePerBatchHoweverManyOrdersWantIt() {
        var hot = stockroom.newSku(1_000);
        var before = stockroom.version(hot);
        var orders = Stream.generate(() -> placed(line(hot, 1))).limit(100).toList();

        stockroom.consume(orders);

        assertThat(stockroom.version(hot)).isEqualTo(before + 1);
        assertThat(stockroom.level(hot)).isEqualTo(new StockLevel(hot, 900, 100, 0));
    }

    /**
     * Statements for all orders together: select reservations, insert reservations, insert lines. Hibernate does not
     * count those on stock.
     */
    @Test
    void aBatchNeedsTheSameFewStatementsHoweverManyOrdersItHas() {
        var skus = stockroom.newSkus(20, 1_000);
        var orders = IntStream.range(0, 100)
                .mapToObj(seed -> oneOfEach(skus, new Random(seed)))
                .toList();
        statistics.clear();

        stockroom.consume(orders);

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(3);
    }

    @Test
    void anOrderOfHundredsOfLinesIsReserved() {
        var skus = stockroom.newSkus(300, 5);
        var order =
                placed(UUID.randomUUID(), skus.stream().map(sku -> line(sku, 2)).toList());

        stockroom.consume(List.of(order));
        stockroom.consume(List.of(paid(order.orderId())));

        assertThat(stockroom.levels(skus)).hasSize(300).allSatisfy(level -> {
            assertThat(level).isEqualTo(new StockLevel(level.sku(), 3, 0, 2));
        });
    }

    /** Stock that was added by hand is conserved, however orders and stocktaking interleave. */
    @Test
    void unitsAreConservedWhileOrdersAndStocktakingInterleave() throws Exception {
        var skus = Stream.generate(() -> stockroom.newSku(30)).limit(4).toList();

        allAtOnce(IntStream.range(0, INSTANCES)
                .<Callable<Void>>mapToObj(
                        seed -> () -> seed == 0 ? takeStock(skus) : anyBatches(skus, new Random(seed)))
                .toList());

        assertThat(skus).allSatisfy(sku -> {
            var level = stockroom.level(sku);
            var initial = stockroom.adjustments(sku).stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(level.available() + level.reserved() + level.sold()).isEqualTo(initial);
            assertThat(level.reserved()).isEqualTo(stockroom.held(sku, ReservationState.RESERVED));
            assertThat(level.sold()).isEqualTo(stockroom.held(sku, ReservationState.COMMITTED));
        });
    }

    private Void takeStock(List<String> skus) {
        var random = new Random(0);
        for (var i = 0; i < 30; i++) {
            stocktaking.setAvailable(skus.get(random.nextInt(skus.size())), random.nextInt(30));
        }
        return null;
    }

    private Void anyBatches(List<String> skus, Random random) {
        var orders = new ArrayList<UUID>();
        for (var i = 0; i < 15; i++) {
            consume(Stream.generate(() -> anyEvent(skus, orders, random))
                    .limit(1 + random.nextInt(8))
                    .toList());
        }
        return null;
    }

    private static OrderEvent anyEvent(List<String> skus, List<UUID> orders, Random random) {
        if (orders.isEmpty() || random.nextInt(3) == 0) {
            orders.add(UUID.randomUUID());
            return placed(orders.getLast(), anyLines(skus, random));
        }
        var order = orders.get(random.nextInt(orders.size()));
        return random.nextBoolean() ? paid(order) : cancelled(order);
    }

    private static List<PricedOrderLine> anyLines(List<String> skus, Random random) {
        return Stream.generate(() -> line(skus.get(random.nextInt(skus.size())), 1 + random.nextInt(3)))
                .limit(1 + random.nextInt(4))
                .toList();
    }

    private static OrderPlacedV2 oneOfEach(List<String> skus, Random random) {
        var lines = new ArrayList<>(skus.stream().map(sku -> line(sku, 1)).toList());
        Collections.shuffle(lines, random);
        return placed(UUID.randomUUID(), lines);
    }

    private Void consume(List<? extends OrderEvent> batch) {
        stockroom.consume(batch);
        return null;
    }

    private static void allAtOnce(List<Callable<Void>> tasks) throws Exception {
        try (var instances = Executors.newFixedThreadPool(INSTANCES)) {
            for (Future<Void> done : instances.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                done.get();
            }
        }
    }
}
