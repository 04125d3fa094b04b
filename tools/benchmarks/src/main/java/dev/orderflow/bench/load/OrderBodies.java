package dev.orderflow.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.Product;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.events.Money;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Orders of customers: three lines of different products each, the same orders in every run. */
public final class OrderBodies {

    private static final int PRODUCTS = 1_000;
    private static final int BODIES = 2_000;
    private static final int LINES = 3;
    private static final Patience PATIENCE = new Patience(Duration.ofMinutes(1));

    private OrderBodies() {}

    private static List<Product> products() {
        return IntStream.range(0, PRODUCTS)
                .mapToObj(i -> new Product(
                        sku(i),
                        "Product number " + i,
                        Money.of(String.format(Locale.ROOT, "%d.%02d", 1 + i % 20, i % 100), "GBP")))
                .toList();
    }

    /** Puts the products into the catalog. A newly started shop may be slow at first. */
    public static void fillCatalog(ShopClient shop) {
        forEach(product -> PATIENCE.call(() -> shop.put(product)));
    }

    /** Puts {@code available} units of each product into stock. */
    public static void fillStock(ShopClient shop, long available) {
        forEach(product -> PATIENCE.call(() -> shop.putStock(product.sku(), available)));
    }

    private static void forEach(Consumer<Product> action) {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = products().stream()
                    .map(product -> CompletableFuture.runAsync(() -> action.accept(product), threads))
                    .toList();
            all.forEach(CompletableFuture::join);
        }
    }

    /** Returns the orders as JSON. */
    static List<byte[]> create() {
        var random = new Random(42);
        return IntStream.range(0, BODIES)
                .mapToObj(i -> body("customer-" + random.nextInt(10_000), random))
                .map(body -> body.getBytes(UTF_8))
                .toList();
    }

    /** Returns orders of one unit as JSON, as many for each product. */
    static List<byte[]> of(List<String> skus) {
        return IntStream.range(0, Math.max(BODIES, skus.size()))
                .mapToObj(i -> body("customer-" + i, line(skus.get(i % skus.size()), 1)))
                .map(body -> body.getBytes(UTF_8))
                .toList();
    }

    private static String body(String customer, Random random) {
        return body(
                customer,
                random.ints(0, PRODUCTS)
                        .distinct()
                        .limit(LINES)
                        .mapToObj(i -> line(sku(i), 1 + random.nextInt(3)))
                        .collect(Collectors.joining(",")));
    }

    private static String body(String customer, String lines) {
        return "{\"customerId\":\"" + customer + "\",\"lines\":[" + lines
                + "],\"coupons\":[],\"paymentMethod\":\"CARD\"}";
    }

    private static String line(String sku, int quantity) {
        return String.format(Locale.ROOT, "{\"sku\":\"%s\",\"quantity\":%d}", sku, quantity);
    }

    private static String sku(int number) {
        return String.format(Locale.ROOT, "BENCH-%03d", number);
    }
}
