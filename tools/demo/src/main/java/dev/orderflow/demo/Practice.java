package dev.orderflow.demo;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.token.IssuerAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.TokenEndpoint;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Orders of a training run: enough of them, concurrent, for the services' JVMs to learn which methods are worth
 * compiling and with which assumptions. Some are declined.
 */
public final class Practice {

    private static final int CUSTOMERS = 32;
    private static final int ORDERS_OF_EACH = 30;
    private static final int PRODUCTS_PER_ORDER = 3;
    private static final int DECLINED_ONE_IN = 20;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private Practice() {}

    /**
     * Fills the shop of {@code suite} and places orders there, each customer's next one when the previous one is settled.
     *
     * @throws DemoException if the suite rejects an order
     */
    public static void with(Addresses suite) {
        try (var shop = new ShopClient(ShopEndpoints.of(suite));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            getTokens(suite);
            new DemoCatalog(shop).fillIfEmpty();
            var customers = new ExecutorCompletionService<Void>(threads);
            IntStream.range(0, CUSTOMERS).forEach(customer -> customers.submit(() -> buy(shop, customer), null));
            for (var customer = 0; customer < CUSTOMERS; customer++) {
                customers.take().get();
            }
        } catch (IssuerAwayException e) {
            throw new DemoException("The sandbox could not be trained: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new DemoException(
                    "The services could not be trained: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the sandbox load the classes of its issuer, also for a suite whose services require no tokens. */
    private static void getTokens(Addresses suite) {
        var issuer = new TokenEndpoint(suite.uri(Part.SANDBOX));
        for (var role : Role.values()) {
            issuer.token(role);
        }
    }

    private static void buy(ShopClient shop, int customer) {
        var patience = new Patience(LONGEST);
        for (var number = 0; number < ORDERS_OF_EACH; number++) {
            var order = order(customer, number);
            var key = UUID.randomUUID().toString();
            var placed = patience.call(() -> shop.place(order, key));
            patience.call(() -> shop.await(placed.orderId(), OrderStatus.SETTLED, LONGEST_WAIT));
        }
    }

    private static NewOrder order(int customer, int number) {
        var lines = IntStream.range(0, PRODUCTS_PER_ORDER)
                .mapToObj(line -> DemoCatalog.PRODUCTS.get((number + line) % DemoCatalog.PRODUCTS.size()))
                .map(product -> new NewOrder.Line(product.sku(), 1 + customer % 3))
                .toList();
        var method = number % DECLINED_ONE_IN == 0 ? PaymentMethod.CARD_DECLINED : PaymentMethod.CARD;
        return new NewOrder("trainee-" + customer, lines, method);
    }
}
