package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.system.RandomWalk.Action;
import dev.orderflow.system.RandomWalk.Fault;
import dev.orderflow.system.RandomWalk.Step;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes many orders on a {@link RandomWalk}. Each ends in a status that it may end in, and {@link SuiteExtension} verifies
 * the whole suite afterwards: stock and money are conserved, each order is shipped or not, each customer informed once.
 * {@code -Dwalk.orders} sets the number of orders, {@code -Dwalk.seed} repeats a schedule.
 */
@SystemTest
class RandomWalkIT {

    private static final Logger log = LoggerFactory.getLogger(RandomWalkIT.class);

    private static final int ORDERS = Integer.getInteger("walk.orders", 600);
    private static final long SEED =
            Long.getLong("walk.seed", RandomGenerator.getDefault().nextLong());
    private static final int CUSTOMERS = 8;

    private static final long ENOUGH = 1_000_000;

    private static final String RUN_OUT =
            "UPDATE scheduled_event SET due = now() WHERE key = ? AND family LIKE '%paymentdue' RETURNING key";

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final ServiceDatabase database;
    private final String sku;
    private final String scarce;
    private final Coupon coupon;
    private boolean inForce;

    RandomWalkIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.database = new ServiceDatabase(suite, Service.ORDER);
        this.sku = shop.newProduct(ENOUGH);
        this.scarce = shop.newProduct(1);
        this.coupon = new Coupon(suite, shop, Math.max(2, ORDERS / 40));
    }

    /**
     * An order, and what was done to it.
     *
     * @param cancelled whether a cancellation by its customer was accepted
     */
    private record Walk(UUID order, Step step, boolean cancelled) {}

    /** Takes longer the more orders there are, unlike other tests. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void everyOrderEndsWhereItMay() {
        log.info("seed={} orders={}", SEED, ORDERS);
        var plan = RandomWalk.of(SEED, ORDERS);
        changeRules();
        coupon.awaitInForce(1);

        var walks = take(plan);
        sandbox.beWell();

        var ends = new TreeMap<String, Integer>();
        for (var walk : walks) {
            var end = shop.awaitEnd(walk.order());
            assertThat(mayEndAs(walk))
                    .as("seed %d, order %s, %s", SEED, walk.order(), walk.step())
                    .contains(outcome(end));
            ends.merge(outcome(end), 1, Integer::sum);
        }
        log.info("seed={} ends={}", SEED, ends);
        assertThat(ends).containsKeys("DELIVERED", "CUSTOMER_REQUEST", "PAYMENT_DECLINED", "OUT_OF_STOCK");
    }

    private List<Walk> take(RandomWalk plan) {
        try (var customers = Executors.newFixedThreadPool(CUSTOMERS)) {
            var walks = plan.steps().stream()
                    .map(step -> CompletableFuture.supplyAsync(() -> take(step), customers))
                    .toList();
            var isOver = false;
            try {
                for (var fault : plan.faults()) {
                    Eventually.await()
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> walks.stream()
                                            .filter(CompletableFuture::isDone)
                                            .count()
                                    >= fault.after());
                    log.info("fault={}", fault);
                    happen(fault, done(walks));
                }
                var taken = walks.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList();
                isOver = true;
                return taken;
            } finally {
                if (!isOver) {
                    customers.shutdownNow();
                }
            }
        }
    }

    /** Returns the keys of the orders with which no more is done. */
    private static Set<String> done(List<CompletableFuture<Optional<Walk>>> walks) {
        return walks.stream()
                .filter(CompletableFuture::isDone)
                .flatMap(walk -> walk.join().stream())
                .map(walk -> walk.order().toString())
                .collect(Collectors.toSet());
    }

    private void happen(Fault fault, Set<String> orders) {
        sandbox.beWell();
        switch (fault.kind()) {
            case KILL -> {
                suite.kill(fault.part());
                suite.start(fault.part());
            }
            case SLOW_PROVIDER -> sandbox.beSlow(Duration.ofSeconds(1));
            case LOST_PARCELS -> sandbox.loseParcels();
            case NO_CARRIER -> sandbox.refuseParcels();
            case RULES -> changeRules();
            case DUPLICATES -> {
                try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
                    topics.publishAgain(orders);
                }
            }
        }
    }

    /** Returns nothing if the order was refused. */
    private Optional<Walk> take(Step step) {
        return place(step).map(order -> new Walk(order, step, isCancelled(order, step)));
    }

    /** Lets the promotion of the coupon expire if it is in force, and vice versa. */
    private void changeRules() {
        inForce = !inForce;
        coupon.define(inForce ? 20 : 10, Instant.now().plusSeconds(inForce ? 36_000 : -1));
    }

    /** Takes the step's action, and returns whether a cancellation was accepted. */
    private boolean isCancelled(UUID order, Step step) {
        return switch (step.action()) {
            case NOTHING -> false;
            case CANCEL -> {
                pause(step.delay());
                yield shop.cancelUnlessShipped(order);
            }
            case CANCEL_TWICE -> {
                pause(step.delay());
                yield AtOnce.times(2, () -> shop.cancelUnlessShipped(order)).contains(true);
            }
            case CANCEL_WHEN_PAID -> {
                shop.awaitFinal(order);
                yield shop.cancelUnlessShipped(order);
            }
            case TIME_OUT -> {
                pause(step.delay());
                timeOut(order);
                yield false;
            }
        };
    }

    private Optional<UUID> place(Step step) {
        var order = switch (step.placing()) {
            case PAYABLE -> Optional.of(shop.place(sku, 1));
            case COUPON -> coupon.tryToPlace(sku);
            case DECLINED -> Optional.of(shop.place(Shop.order(sku, 1, PaymentMethod.CARD_DECLINED)));
            case TOO_MANY -> Optional.of(shop.place(scarce, 2));
            case HURRIED ->
                Optional.of(shop.placeWithin(step.delay().plusMillis(100), Shop.order(sku, 1, PaymentMethod.CARD)));
            case REPEATED -> Optional.of(placeTwice(Shop.order(sku, 1, PaymentMethod.CARD)));
        };
        return order.map(Order::orderId);
    }

    private Order placeTwice(NewOrder order) {
        var key = UUID.randomUUID().toString();
        var placed = AtOnce.times(2, () -> shop.place(order, key));
        assertThat(placed)
                .extracting(Order::orderId)
                .containsOnly(placed.getFirst().orderId());
        return placed.getFirst();
    }

    /** Lets the reminder and then the time-out be due. Both are gone if the order is paid or cancelled. */
    private void timeOut(UUID order) {
        for (var timer : List.of("reminder", "time-out")) {
            try {
                database.texts(RUN_OUT, order.toString());
            } catch (IllegalStateException e) {
                log.info(
                        "order={} timer={} skipped=\"{}\"",
                        order,
                        timer,
                        e.getCause().getMessage());
            }
            pause(Duration.ofMillis(200));
        }
    }

    /** Returns the statuses, or reasons of the cancellation, in which an order may end. */
    private static Set<String> mayEndAs(Walk walk) {
        var ends = Stream.<String>builder();
        switch (walk.step().placing()) {
            case PAYABLE, COUPON, REPEATED -> ends.add("DELIVERED").add("PARCEL_LOST");
            case DECLINED -> ends.add("PAYMENT_DECLINED");
            case TOO_MANY -> ends.add("OUT_OF_STOCK");
            case HURRIED -> ends.add("DELIVERED").add("PARCEL_LOST").add("DEADLINE_PASSED");
        }
        if (walk.step().action() == Action.TIME_OUT) {
            ends.add("PAYMENT_TIMEOUT");
        }
        if (walk.cancelled()) {
            ends.add("CUSTOMER_REQUEST");
        }
        return ends.build()
                .filter(end -> !(walk.cancelled() && end.equals("DELIVERED")))
                .collect(Collectors.toSet());
    }

    private static String outcome(Order order) {
        return order.status() == OrderStatus.CANCELLED
                ? String.valueOf(order.reason())
                : order.status().name();
    }

    private static void pause(Duration time) {
        var later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {}, later).join();
    }
}
