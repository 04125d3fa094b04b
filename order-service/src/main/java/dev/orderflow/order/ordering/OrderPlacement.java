package dev.orderflow.order.ordering;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.order.catalog.Product;
import dev.orderflow.order.customer.CustomerReferences;
import dev.orderflow.order.groupcommit.GroupCommit;
import dev.orderflow.order.groupcommit.GroupTransactions;
import dev.orderflow.order.groupcommit.GroupWork;
import dev.orderflow.order.idempotency.IdempotencyKeys;
import dev.orderflow.order.idempotency.OwnedKey;
import dev.orderflow.order.ownership.Ownership;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.CannotCreateTransactionException;

/** Places orders. {@link GroupCommit} provides the transaction, which requests may share. */
@Service
class OrderPlacement implements GroupWork<OrderPlacement.Placement, OrderPlacement.Prepared, OrderView> {

    /**
     * A request to place an order.
     *
     * @param owner          whose the order will be
     * @param id             id of the order, if it is placed; generated in advance, so that the order can be found
     *                       after a commit whose answer was lost
     * @param idempotencyKey null if the client sent none
     */
    record Placement(
            Ownership owner,
            UUID id,
            NewOrder order,
            @Nullable String idempotencyKey) {}

    /**
     * Data that the orders of one tenant share in a transaction.
     *
     * @param prices    of the orders
     * @param customers those of the orders whose products the catalog has
     */
    record Prepared(OrderPricing.Prices prices, CustomerReferences.Group customers) {}

    private final OrderRepository orders;
    private final OrderEvents events;
    private final OrderPricing pricing;
    private final IdempotencyKeys keys;
    private final CustomerReferences customers;
    private final Clock clock;
    private final GroupCommit<Placement, Prepared, OrderView> commits;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    OrderPlacement(
            OrderRepository orders,
            OrderEvents events,
            OrderPricing pricing,
            IdempotencyKeys keys,
            CustomerReferences customers,
            Clock clock,
            GroupTransactions transactions) {
        this.orders = orders;
        this.events = events;
        this.pricing = pricing;
        this.keys = keys;
        this.customers = customers;
        this.clock = clock;
        this.commits = new GroupCommit<>(this, transactions);
    }

    /**
     * Places an order, and returns after the commit. If the same request was placed before with this idempotency key,
     * returns the first answer and places no order.
     *
     * @throws Refusal if the catalog cannot serve the order, a coupon cannot be applied, or the key is in use
     * @throws CannotCreateTransactionException if the database is unavailable or too slow; if the connection broke
     * during the commit, the order may have been placed, and a repetition with the idempotency key finds out
     */
    OrderView place(Ownership owner, NewOrder request, @Nullable String idempotencyKey) {
        pricing.requirePromotions();
        return commits.execute(new Placement(owner, ids.generate(), request, idempotencyKey));
    }

    /** Reads the prices of all orders, and locks their customers and what counts their uses of promotions. */
    @Override
    public Prepared prepare(List<Placement> group) {
        var tenant = tenant(group.getFirst());
        var products = pricing.products(group.stream().map(Placement::order).toList());
        var addresses = addresses(group, products);
        var locked = customers.lock(tenant, addresses);
        var wanted = group.stream()
                .map(Placement::order)
                .filter(order -> addresses.containsKey(order.customerId()))
                .map(order -> new OrderPricing.Wanted(order, locked.reference(order.customerId())))
                .toList();
        return new Prepared(pricing.prices(tenant, products, wanted), locked);
    }

    /** Returns verified addresses by customers, without those whose orders the catalog cannot serve. */
    private static Map<String, @Nullable String> addresses(List<Placement> group, Map<String, Product> products) {
        var addresses = new HashMap<String, @Nullable String>();
        for (var placement : group) {
            var customer = placement.order().customerId();
            var address = placement.owner().address();
            if (products.keySet().containsAll(placement.order().skus())
                    && (address != null || !addresses.containsKey(customer))) {
                addresses.put(customer, address);
            }
        }
        return addresses;
    }

    @Override
    public OrderView perform(Placement placement, Prepared prepared) {
        if (placement.idempotencyKey() == null) {
            return OrderView.of(place(placement, prepared));
        }
        var owner = placement.owner();
        return keys.once(
                new OwnedKey(owner.tenant(), owner.subject(), placement.idempotencyKey()),
                placement.order().fingerprint(),
                placement.id(),
                () -> OrderView.of(place(placement, prepared)),
                placed -> find(placed).orElseThrow(() -> OrderReader.notFound(placed)));
    }

    /** Joins the current transaction, which commits the order and its event together. */
    private Order place(Placement placement, Prepared prepared) {
        requireTime();
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var owner = placement.owner();
        var request = placement.order();
        var customers = prepared.customers();
        var quote = prepared.prices().price(placement.id(), request, customers::reference);
        var reference = customers.use(request.customerId());
        var order = orders.save(
                Order.place(placement.id(), owner.tenant(), request, reference, quote, at, EventContext.current()));
        events.publish(order);
        return order;
    }

    @Override
    public void finish(Prepared prepared) {
        prepared.prices().finish();
        prepared.customers().removeUnused();
    }

    private void requireTime() {
        if (EventContext.current().isExpired(clock)) {
            throw Refusal.unavailable("deadline_passed", "The time for this request is over. Nothing was done for it.");
        }
    }

    @Override
    public Optional<OrderView> find(Placement placement) {
        return find(placement.id());
    }

    @Override
    public String tenant(Placement placement) {
        return placement.owner().tenant();
    }

    @Override
    public int weight(Placement placement) {
        return placement.order().lines().size();
    }

    /** Returns how many orders wait for a transaction. */
    int waiting() {
        return commits.waiting();
    }

    private Optional<OrderView> find(UUID id) {
        return orders.findWithLines(id).map(order -> OrderView.of(order).asPlaced());
    }
}
