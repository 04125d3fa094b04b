package dev.orderflow.bench.flow;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.load.LoadResult;
import dev.orderflow.demo.client.Product;
import dev.orderflow.events.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sale",
        description =
                "Orders decided per second when all want the few pieces of one product, compared with the same orders spread"
                        + " over many products.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class SaleBenchmark implements Benchmark {

    private static final double SMALLEST_RATIO = 0.7;
    private static final Money PRICE = Money.of("15.30", "GBP");

    @Option(names = "--requests", paramLabel = "N", description = "Orders sent in each half of a round.")
    private int requests = 50_000;

    @Option(names = "--rate", paramLabel = "N", description = "Orders sent per second; more than can be completed.")
    private int rate = 1_000;

    @Option(
            names = "--pieces",
            paramLabel = "N",
            description = "Pieces in stock, of one product or of as many products.")
    private int pieces = 1_000;

    @Mixin
    private final RunOptions options = new RunOptions(3, 1);

    private int sales;

    @Override
    public void run() {
        options.require(
                rate >= 1 && requests >= rate && pieces >= 1,
                "--rate and --pieces must be at least 1, --requests at least --rate.");
        options.publish(measure(options.rounds()));
    }

    private Report measure(Rounds rounds) {
        var spread = new ArrayList<Sale>();
        var hot = new ArrayList<Sale>();
        try (var flow = FlowSuite.start(false)) {
            rounds.run(number -> {
                var ofMany = sell(flow, pieces, 1);
                var ofOne = sell(flow, 1, pieces);
                requireSoldOut(ofOne);
                print(rounds, number, "many products", ofMany);
                print(rounds, number, "one product", ofOne);
                if (number > 0) {
                    spread.add(ofMany);
                    hot.add(ofOne);
                }
            });
            flow.verify(rounds.out());
        }
        return new Report(List.of(
                new Comparison("sale", "orders/s", rates(spread), rates(hot))
                        .withTarget(new Target.RatioAtLeast(SMALLEST_RATIO)),
                new Comparison("sale, p99 of POST", "ms", p99(spread), p99(hot)).lessIsBetter()));
    }

    /** Sells {@code each} units of so many new products. */
    private Sale sell(FlowSuite flow, int products, int each) {
        var skus = offer(flow, products, each);
        var begin = Instant.now();
        var placed = flow.load().of(skus).constantRate(rate, Duration.ofSeconds(requests / rate));
        flow.awaitAllFinal();
        var took = Duration.between(begin, Instant.now());
        if (placed.failed() + placed.unanswered() > 0) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT, "%,d requests failed, %,d got no response.", placed.failed(), placed.unanswered()));
        }
        var passages = flow.passagesSince(begin);
        return new Sale(placed, passages.orders().size() - passages.unpaid(), took);
    }

    private List<String> offer(FlowSuite flow, int products, int each) {
        var sale = ++sales;
        var skus = IntStream.range(0, products)
                .mapToObj(i -> "SALE-" + sale + "-" + i)
                .toList();
        try (var shop = flow.shop()) {
            for (var sku : skus) {
                shop.put(new Product(sku, "Product of sale " + sale, PRICE));
                shop.putStock(sku, each);
            }
        }
        return skus;
    }

    /** Requires that each piece of the only product was sold once if there were orders enough. */
    private void requireSoldOut(Sale sale) {
        if (sale.sold != Math.min(pieces, sale.placed.accepted())) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT,
                    "%,d of %,d pieces were sold to %,d orders.",
                    sale.sold,
                    pieces,
                    sale.placed.accepted()));
        }
    }

    private static void print(Rounds rounds, int number, String name, Sale sale) {
        rounds.line(
                number,
                "%s: %,d orders, %,d refused, %,d not sent in time; %,d paid, the others cancelled; POST p50 %.1f ms, p99 %.1f ms",
                name,
                sale.placed.accepted(),
                sale.placed.refused(),
                sale.placed.unsent(),
                sale.sold,
                sale.placed.millis(50),
                sale.placed.millis(99));
    }

    private static Samples rates(List<Sale> sales) {
        return new Samples(sales.stream().map(Sale::decidedPerSecond).toList());
    }

    private static Samples p99(List<Sale> sales) {
        return new Samples(sales.stream().map(sale -> sale.placed.millis(99)).toList());
    }

    /**
     * Result of a sale.
     *
     * @param took from the first request until all orders were final
     */
    private record Sale(LoadResult placed, long sold, Duration took) {

        double decidedPerSecond() {
            return placed.accepted() / (took.toNanos() / 1e9);
        }
    }
}
