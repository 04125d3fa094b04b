package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.client.Product;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.client.Stock;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Client of customers and of the warehouse. It repeats requests while a service is down, as the demo's replay does.
 * Each product is new, so that tests do not share stock. Thread-safe.
 */
final class Shop implements AutoCloseable {

    private static final Money PRICE = Money.of("15.30", "GBP");
    private static final Duration LONG_POLL = Duration.ofSeconds(10);
    private static final Set<OrderStatus> END = Set.of(OrderStatus.DELIVERED, OrderStatus.CANCELLED);

    private final ShopClient client;
    private final Tokens tokens;
    private final JsonCalls json;
    private final URI orders;

    Shop(Topology topology, Tokens tokens) {
        this.tokens = tokens;
        this.client = new ShopClient(ShopEndpoints.of(topology), tokens);
        this.json = calls();
        this.orders = topology.uri(Part.ORDER).resolve("/api/orders");
    }

    /** Returns a client of the REST API with the shop's access tokens, if the suite requires them. */
    JsonCalls calls() {
        return new JsonCalls(new Credentials(tokens, Role.SHOP));
    }

    /** {@return the shop's access token; empty if the suite requires none} */
    Optional<String> token() {
        return tokens.of(Role.SHOP);
    }

    /** {@return the base URI of the REST API} */
    URI orders() {
        return orders;
    }

    /** Creates a product with {@code available} units in stock and returns its sku. */
    String newProduct(long available) {
        return newProduct("Product of a test", available);
    }

    String newProduct(String name, long available) {
        var sku = "TEST-" + UUID.randomUUID();
        patiently(() -> client.put(new Product(sku, name, PRICE)));
        patiently(() -> client.putStock(sku, available));
        return sku;
    }

    /** Returns a request for an order of one line. */
    static NewOrder order(String sku, int quantity, PaymentMethod paymentMethod) {
        return new NewOrder("customer", List.of(new NewOrder.Line(sku, quantity)), paymentMethod);
    }

    Order place(String sku, int quantity) {
        return place(order(sku, quantity, PaymentMethod.CARD));
    }

    /** Places one order, even if the request must be repeated. */
    Order place(NewOrder order) {
        var key = UUID.randomUUID().toString();
        return patiently(() -> client.place(order, key));
    }

    Order place(NewOrder order, String idempotencyKey) {
        return patiently(() -> client.place(order, idempotencyKey));
    }

    /** Places one order that is to be paid within {@code time}. */
    Order placeWithin(Duration time, NewOrder order) {
        var headers = Map.of(
                "Idempotency-Key",
                UUID.randomUUID().toString(),
                "X-Request-Timeout-Ms",
                Long.toString(time.toMillis()));
        return patiently(() -> {
            var response = json.postWith(headers, orders, order);
            if (response.statusCode() >= 500 || response.statusCode() == 429) {
                throw new ShopAwayException("placing returned " + response.statusCode());
            }
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            return json.read(response, Order.class);
        });
    }

    Order cancel(UUID order) {
        var response = answerToCancellation(order);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json.read(response, Order.class);
    }

    /** Cancels the order; returns false if it is too late. */
    boolean cancelUnlessShipped(UUID order) {
        var response = answerToCancellation(order);
        assertThat(response.statusCode()).as(response.body()).isIn(202, 409);
        return response.statusCode() == 202;
    }

    private HttpResponse<String> answerToCancellation(UUID order) {
        return patiently(() -> {
            var response = json.post(URI.create(orders + "/" + order + "/cancel"), "", null);
            if (response.statusCode() >= 500 || response.statusCode() == 429) {
                throw new ShopAwayException("cancelling returned " + response.statusCode());
            }
            return response;
        });
    }

    /** Waits until the order is delivered or cancelled and returns it. */
    Order awaitEnd(UUID order) {
        return Eventually.await()
                .ignoreExceptionsInstanceOf(ShopAwayException.class)
                .until(() -> client.await(order, END, LONG_POLL), current -> END.contains(current.status()));
    }

    /** Waits until the order gets the status {@code wanted} and returns it as it was then. It may go on by itself. */
    Order await(UUID order, OrderStatus wanted) {
        var found = Eventually.await()
                .ignoreExceptionsInstanceOf(ShopAwayException.class)
                .until(
                        () -> client.await(order, Set.of(wanted), LONG_POLL),
                        current -> current.reached(wanted).isPresent());
        return asOf(wanted, found);
    }

    /** Returns when the order was paid; fails if it was not. */
    Instant paidAt(UUID order) {
        return await(order, OrderStatus.PAID).reached(OrderStatus.PAID).orElseThrow();
    }

    /** Waits until the order is paid or cancelled and returns it, without what becomes of its parcel. */
    Order awaitFinal(UUID order) {
        var found = Eventually.await()
                .ignoreExceptionsInstanceOf(ShopAwayException.class)
                .until(
                        () -> client.await(order, OrderStatus.SETTLED, LONG_POLL),
                        current -> current.status().isSettled());
        return found.status() == OrderStatus.CANCELLED ? found : asOf(OrderStatus.PAID, found);
    }

    private static Order asOf(OrderStatus status, Order order) {
        var statuses = order.history().stream().map(Order.Change::status).toList();
        var history = order.history().subList(0, statuses.indexOf(status) + 1);
        return new Order(
                order.orderId(),
                status,
                history.getLast().reason(),
                order.discounts(),
                order.total(),
                order.placedAt(),
                history);
    }

    /** Waits until the warehouse has these quantities. */
    void awaitStock(String sku, long available, long reserved, long sold) {
        Eventually.await()
                .ignoreExceptionsInstanceOf(ShopAwayException.class)
                .untilAsserted(() -> assertThat(client.stock(sku)).contains(new Stock(sku, available, reserved, sold)));
    }

    @Override
    public void close() {
        client.close();
        json.close();
    }

    private static <T> T patiently(Callable<T> call) {
        return Eventually.await()
                .ignoreExceptionsInstanceOf(ShopAwayException.class)
                .until(call, answer -> true);
    }
}
