package dev.orderflow.demo;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.events.order.PaymentMethod;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Places random orders at a steady rate; a rejected one is counted and dropped. */
final class OrderLoad implements AutoCloseable {

    private static final int REPORT_SECONDS = 10;
    /** Maximum number of pending requests while order-service does not respond. */
    private static final int MAX_WAITING = 256;

    private final ShopClient shop;
    private final PrintWriter out;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final LongAdder placed = new LongAdder();
    private final LongAdder failed = new LongAdder();

    OrderLoad(ShopClient shop, PrintWriter out) {
        this.shop = shop;
        this.out = out;
    }

    void start(int perSecond) {
        out.printf(Locale.ROOT, "Placing %d orders per second.%n", perSecond);
        out.flush();
        clock.scheduleAtFixedRate(this::placeSoon, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
        clock.scheduleAtFixedRate(this::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    private void placeSoon() {
        if (!waiting.tryAcquire()) {
            failed.increment();
            return;
        }
        threads.execute(() -> {
            try {
                shop.place(randomOrder(), UUID.randomUUID().toString());
                placed.increment();
            } catch (RefusedException | ShopAwayException e) {
                failed.increment(); // Failures are expected: the demo is for breaking the suite.
            } finally {
                waiting.release();
            }
        });
    }

    private static NewOrder randomOrder() {
        var random = ThreadLocalRandom.current();
        var product = DemoCatalog.PRODUCTS.get(random.nextInt(DemoCatalog.PRODUCTS.size()));
        var method = random.nextInt(20) == 0 ? PaymentMethod.CARD_DECLINED : PaymentMethod.CARD;
        var line = new NewOrder.Line(product.sku(), random.nextInt(1, 4));
        return new NewOrder("customer-" + random.nextInt(1000), List.of(line), method);
    }

    private void report() {
        out.printf(Locale.ROOT, "  %d orders placed, %d not accepted%n", placed.sum(), failed.sum());
        out.flush();
    }
}
