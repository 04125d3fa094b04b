package dev.orderflow.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Client of the suite's REST API. Thread-safe.
 * <p>
 * All methods throw {@link ShopAwayException} when the service is unavailable and {@link RefusedException} when it
 * rejects the request.
 */
public final class ShopClient implements AutoCloseable {

    private final ShopEndpoints endpoints;
    private final JsonHttp http = new JsonHttp();
    private final JsonHttp asShop;
    private final JsonHttp asMerchandiser;
    private final JsonHttp asOperator;

    /** Creates a client with access tokens of its own, if {@code endpoints} names an issuer. */
    public ShopClient(ShopEndpoints endpoints) {
        this(endpoints, Tokens.from(endpoints.issuer()));
    }

    /** Creates a client that places and reads orders as a shop, maintains catalog and stock as a merchandiser,
     * and erases customers as an operator. */
    public ShopClient(ShopEndpoints endpoints, Tokens tokens) {
        this.endpoints = endpoints;
        this.asShop = http.as(new Credentials(tokens, Role.SHOP));
        this.asMerchandiser = http.as(new Credentials(tokens, Role.MERCHANDISER));
        this.asOperator = http.as(new Credentials(tokens, Role.OPERATOR));
    }

    /** Places one order, however often it is called with the same {@code idempotencyKey}. */
    public Order place(NewOrder order, String idempotencyKey) {
        return asShop.post(orders("/api/orders"), order, idempotencyKey, new TypeReference<>() {});
    }

    /** Returns the order when it has one of the {@code awaited} statuses, or its state after {@code atMost}. */
    public Order await(UUID orderId, Set<OrderStatus> awaited, Duration atMost) {
        var statuses = awaited.stream().map(OrderStatus::name).sorted().collect(joining(","));
        return asShop.get(
                orders(String.format(
                        Locale.ROOT, "/api/orders/%s?await=%s&timeout=%ds", orderId, statuses, atMost.toSeconds())),
                new TypeReference<>() {});
    }

    /**
     * Lists orders, newest first.
     *
     * @param status only those of this status; null for all
     * @param cursor of the previous page; null for the first page
     */
    public Page<Order> list(@Nullable OrderStatus status, int limit, @Nullable String cursor) {
        return asShop.get(
                orders("/api/orders?limit=" + limit
                        + (status == null ? "" : "&status=" + status)
                        + (cursor == null ? "" : "&cursor=" + encoded(cursor))),
                new TypeReference<>() {});
    }

    /** Erases a customer's data. */
    public void erase(String customer) {
        asOperator.delete(customer(customer));
    }

    /**
     * Exports a customer's data, with one page of the orders.
     *
     * @param cursor of the previous page; null for the first page
     */
    JsonNode export(String customer, @Nullable String cursor) {
        var page = "?limit=100" + (cursor == null ? "" : "&cursor=" + encoded(cursor));
        return asOperator.get(URI.create(customer(customer) + page), new TypeReference<>() {});
    }

    /** Returns a page of the catalog. */
    public Page<Product> products() {
        return asShop.get(orders("/api/products"), new TypeReference<>() {});
    }

    public Product put(Product product) {
        var body = Map.of("name", product.name(), "unitPrice", product.unitPrice());
        return asMerchandiser.put(orders("/api/products/" + encoded(product.sku())), body, new TypeReference<>() {});
    }

    /** Returns the stock; empty when the warehouse doesn't know the product. */
    public Optional<Stock> stock(String sku) {
        try {
            return Optional.of(asMerchandiser.get(inventory(sku), new TypeReference<Stock>() {}));
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public Stock putStock(String sku, long available) {
        return asMerchandiser.put(inventory(sku), Map.of("available", available), new TypeReference<>() {});
    }

    /**
     * Adds or replaces a promotion.
     *
     * @param terms as in the API, such as {@code kind} and {@code percentage}
     */
    public void putPromotion(UUID id, Map<String, ?> terms) {
        asMerchandiser.put(orders("/api/promotions/" + id), terms, new TypeReference<JsonNode>() {});
    }

    /** Returns what the order would cost, with each promotion applied or rejected, as in the API. */
    public JsonNode quote(NewOrder order) {
        return asShop.post(orders("/api/quotes"), order, new TypeReference<>() {});
    }

    /** Returns what is left to a customer of an order's points, among the last hundred changes; 0 while it is not known. */
    long points(String customer, UUID order) {
        try {
            var entries = asShop.get(
                    endpoints.loyalty().resolve("/api/points/" + encoded(customer) + "/entries?limit=100"),
                    new TypeReference<Page<PointsEntry>>() {});
            return entries.items().stream()
                    .filter(entry -> order.equals(entry.orderId()))
                    .mapToLong(PointsEntry::points)
                    .sum();
        } catch (ShopAwayException | RefusedException e) {
            return 0; // An order does not depend on loyalty-service.
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private URI orders(String path) {
        return endpoints.orders().resolve(path);
    }

    private URI customer(String id) {
        return orders("/api/customers/" + encoded(id));
    }

    private URI inventory(String sku) {
        return endpoints.inventory().resolve("/api/inventory/" + encoded(sku));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
