package dev.orderflow.demo.client;

import dev.orderflow.demo.terminal.ForeignText;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
import picocli.CommandLine.Spec;

@Command(
        name = "order",
        description = "Places an order and prints its timeline until it is final.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1)
public final class OrderCommand implements Callable<Integer> {

    private final Supplier<ShopEndpoints> endpoints;
    private final Supplier<String> program;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--sku", description = "The product; default: one that is in stock.")
    private @Nullable String sku;

    @Option(names = "--quantity", defaultValue = "1", description = "Quantity; default: ${DEFAULT-VALUE}.")
    private int quantity = 1;

    @Option(names = "--customer", defaultValue = "demo", description = "Customer; default: ${DEFAULT-VALUE}.")
    private String customer = "demo";

    @Option(names = "--card", defaultValue = "approve", description = "Result of the payment: 'approve' or 'decline'.")
    private Card card = Card.approve;

    @Option(names = "--coupon", description = "Code of a promotion; may be given several times.")
    private List<String> coupons = List.of();

    @Option(names = "--timeout", defaultValue = "30", description = "Seconds to wait; default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 30;

    /**
     * Creates the command. Both suppliers are called when it runs.
     *
     * @param program the command line prefix that addresses that shop
     */
    public OrderCommand(Supplier<ShopEndpoints> endpoints, Supplier<String> program) {
        this.endpoints = endpoints;
        this.program = program;
    }

    /** Behaviours of the card, spelled as on the command line. */
    enum Card {
        approve(PaymentMethod.CARD),
        decline(PaymentMethod.CARD_DECLINED);

        private final PaymentMethod method;

        Card(PaymentMethod method) {
            this.method = method;
        }
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (quantity < 1) {
            throw new ParameterException(commandLine, "--quantity must be 1 or more");
        }
        try (var shop = new ShopClient(endpoints.get())) {
            var out = commandLine.getOut();
            var wanted = Optional.ofNullable(sku).orElseGet(() -> new DemoProduct(shop).sku());
            var order = new NewOrder(customer, List.of(new NewOrder.Line(wanted, quantity)), coupons, card.method);
            var placed = shop.place(order, "demo-" + UUID.randomUUID());
            out.printf(
                    Locale.ROOT,
                    "order %s: %d × %s for %s %s%n",
                    placed.orderId(),
                    quantity,
                    wanted,
                    placed.total().amount(),
                    placed.total().currency());
            Optional.ofNullable(placed.discounts())
                    .orElse(List.of())
                    .forEach(discount -> out.printf(
                            Locale.ROOT,
                            "  %s: -%s %s%n",
                            ForeignText.line(discount.rule()),
                            discount.amount().amount(),
                            discount.amount().currency()));
            var last =
                    new OrderTimeline(shop, Clock.systemUTC(), out).follow(placed, Duration.ofSeconds(timeoutSeconds));
            var points = shop.points(customer, last.orderId());
            if (points > 0) {
                out.printf(Locale.ROOT, "  %,d points earned%n", points);
            }
            return conclude(last);
        } catch (RefusedException e) {
            commandLine.getErr().println("order-service refuses the order: " + ForeignText.line(e.getMessage()));
            return 1;
        } catch (ShopAwayException e) {
            commandLine.getErr().println(ForeignText.line(e.getMessage()) + e.advice(program.get()));
            return 1;
        }
    }

    private int conclude(Order last) {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (!last.status().isFinal()) {
            commandLine
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "order %s is still %s after %d s; see %s verify%n",
                            last.orderId(),
                            last.status(),
                            timeoutSeconds,
                            program.get());
            return 1;
        }
        var reason = last.reason();
        commandLine
                .getOut()
                .println(reason == null ? last.status().name() : last.status() + ": " + ForeignText.line(reason));
        return 0;
    }
}
