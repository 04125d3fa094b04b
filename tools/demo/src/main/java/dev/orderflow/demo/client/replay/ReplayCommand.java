package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.terminal.ForeignText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = "Places the orders of a UCI Online Retail CSV as fast as they are accepted.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final int SHOWN_FAILURES = 5;

    private final Supplier<ShopEndpoints> endpoints;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV file, plain or .gz.")
    private Path file = Path.of("");

    @Option(names = "--limit", description = "Place only the first N orders; default: all.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--concurrency", description = "Concurrent requests; default: ${DEFAULT-VALUE}.")
    private int concurrency = 32;

    @Option(
            names = "--timeout",
            description =
                    "Seconds that a service may be unavailable, and that the last order may take; default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 600;

    /**
     * Creates the command.
     *
     * @param endpoints called when the command runs
     */
    public ReplayCommand(Supplier<ShopEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (limit < 1 || concurrency < 1 || timeoutSeconds < 1) {
            throw new ParameterException(commandLine, "--limit, --concurrency and --timeout must be 1 or more");
        }
        try {
            return replay(new RetailFile(file).read().first(limit), commandLine.getOut());
        } catch (UnusableFileException e) {
            commandLine.getErr().println(ForeignText.line(file + ": " + e.getMessage()));
        } catch (NoSuchFileException e) {
            commandLine.getErr().println(ForeignText.line(file + " does not exist"));
        } catch (IOException e) {
            commandLine.getErr().println(ForeignText.line(file + " cannot be read: " + e.getMessage()));
        } catch (ShopAwayException e) {
            commandLine.getErr().println(ForeignText.line(e.getMessage()) + e.advice("./demo"));
        }
        return 1;
    }

    private int replay(RetailOrders orders, PrintWriter out) {
        var demand = orders.demand();
        var run = UUID.randomUUID().toString().substring(0, 8);
        out.printf(
                Locale.ROOT,
                "%s: %,d rows, %,d orders with %,d lines of %,d products%n",
                ForeignText.line(file.getFileName()),
                orders.rows(),
                orders.invoices().size(),
                orders.invoices().stream()
                        .mapToInt(invoice -> invoice.order().lines().size())
                        .sum(),
                demand.size());
        orders.skipped().print(out);
        out.flush();
        try (var shop = new ShopClient(endpoints.get())) {
            shop.products(); // Reports a stopped suite at once, without retries.
            var clock = Clock.systemUTC();
            var timeout = Duration.ofSeconds(timeoutSeconds);
            var patience = new Patience(timeout);
            var crowd = new Crowd(concurrency);
            var failures = new Shelves(shop, patience, crowd).fill(orders.products(), demand);
            print(failures, out);
            var placed = new Placement(shop, patience, crowd, clock).place(orders.invoices(), run);
            var settlement = new Settlement(shop, patience, clock);
            var open = settlement.await(placed.orderIds(), timeout);
            var result = new ReplayResult(placed, settlement.read(placed.orderIds()), open);
            result.print(out);
            return result.complete() && failures.isEmpty() && !orders.skipped().isDamaged() ? 0 : 1;
        }
    }

    private static void print(Collection<String> failures, PrintWriter out) {
        failures.stream().limit(SHOWN_FAILURES).map(ForeignText::line).forEach(out::println);
        if (failures.size() > SHOWN_FAILURES) {
            out.println("and " + (failures.size() - SHOWN_FAILURES) + " more products");
        }
    }
}
