package dev.orderflow.bench.rules;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Ending;
import dev.orderflow.bench.load.BenchSuite;
import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Product;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.ServiceLauncher;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.local.Folders;
import dev.orderflow.local.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two instances of order-service on one database and broker, with one promotion. Not thread-safe. */
final class TwoShops implements AutoCloseable {

    private static final String SKU = "RULE-1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Topology first = BenchSuite.topology();
    private final Topology second =
            first.elsewhere(first.home().resolve("second"), first.ports().ofAnotherOrderService());
    private final Suite suite = new Suite(first);
    private final Ending ending = new Ending("end-two-shops", this::end);
    private final UUID promotion = UUID.randomUUID();
    private final List<ShopClient> shops = List.of(client(first), client(second));
    private @Nullable ServerProcess secondProcess;
    private int percentage;

    private TwoShops() {}

    /**
     * Starts both instances.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if a part does not start
     */
    static TwoShops start() {
        var started = new TwoShops();
        try {
            started.suite.up(List.of(Part.POSTGRES, Part.KAFKA, Part.SANDBOX, Part.ORDER));
            started.secondProcess = new ServiceLauncher(started.second)
                    .start(Part.ORDER, launched -> {})
                    .process();
            started.shops.getFirst().put(new Product(SKU, "Product with a promotion", Money.of("100.00", "GBP")));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /**
     * Delays of a change.
     *
     * @param untilCommitted from the request until its response
     * @param untilEffective from the response until all instances price with the change
     */
    record Delay(Duration untilCommitted, Duration untilEffective) {}

    /**
     * Changes the promotion through the first instance, and returns when both price with it.
     *
     * @throws BrokenPromiseException if one does not within 30 seconds
     */
    Delay change() {
        percentage = percentage % 50 + 1;
        var begin = System.nanoTime();
        shops.getFirst()
                .putPromotion(promotion, Map.of("name", "Changing", "kind", "PERCENTAGE", "percentage", percentage));
        var committed = System.nanoTime();
        for (var shop : shops) {
            while (discountOf(shop) != percentage) {
                if (System.nanoTime() - committed > PATIENCE.toNanos()) {
                    throw new BrokenPromiseException("An instance does not price with a changed promotion.");
                }
            }
        }
        return new Delay(Duration.ofNanos(committed - begin), Duration.ofNanos(System.nanoTime() - committed));
    }

    /** Returns what the promotion takes off 100.00, or zero. */
    private static int discountOf(ShopClient shop) {
        var quote = shop.quote(new NewOrder("customer", List.of(new NewOrder.Line(SKU, 1)), PaymentMethod.CARD));
        var applied = quote.get("applied");
        return applied.isEmpty()
                ? 0
                : applied.at("/0/amount/amount").asDecimal().intValueExact();
    }

    private static ShopClient client(Topology topology) {
        return new ShopClient(ShopEndpoints.of(topology));
    }

    @Override
    public void close() {
        ending.close();
    }

    private void end() {
        shops.forEach(ShopClient::close);
        if (secondProcess != null) {
            secondProcess.recorded().ifPresent(process -> process.kill());
        }
        suite.down();
        suite.close();
        Folders.delete(first.home());
    }
}
