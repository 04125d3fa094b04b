package dev.orderflow.system;

import dev.orderflow.demo.client.Order;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Simulated customers who arrive at a steady rate until this is closed. */
final class SteadyOrders implements AutoCloseable {

    private final Supplier<Order> place;
    private final Queue<CompletableFuture<UUID>> orders = new ConcurrentLinkedQueue<>();
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /**
     * Starts the customers.
     *
     * @param place action of each customer
     */
    SteadyOrders(int perSecond, Supplier<Order> place) {
        this.place = place;
        clock.scheduleAtFixedRate(this::order, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** {@return the orders placed so far} */
    List<UUID> placed() {
        return orders.stream().map(CompletableFuture::join).toList();
    }

    /** Stops the arrival of customers. */
    @Override
    public void close() {
        clock.close();
        customers.close();
    }

    private void order() {
        orders.add(CompletableFuture.supplyAsync(() -> place.get().orderId(), customers));
    }
}
