package dev.orderflow.order.ordering;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.order.catalog.Catalog;
import dev.orderflow.order.catalog.Product;
import dev.orderflow.order.groupcommit.GroupCommit;
import dev.orderflow.order.groupcommit.GroupTransactions;
import dev.orderflow.order.groupcommit.GroupWork;
import dev.orderflow.order.idempotency.IdempotencyKeys;
import dev.orderflow.order.idempotency.OwnedKey;
import dev.orderflow.order.ownership.Ownership;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.CannotCreateTransactionException;

/** Places orders at the catalog's prices. {@link GroupCommit} provides the transaction, which requests may share. */
@Service
class OrderPlacement implements GroupWork<OrderPlacement.Placement, Map<String, Product>, OrderView> {

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

    private final OrderRepository orders;
    private final OrderEvents events;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final Clock clock;
    private final GroupCommit<Placement, Map<String, Product>, OrderView> commits;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    OrderPlacement(
            OrderRepository orders,
            OrderEvents events,
            Catalog catalog,
            IdempotencyKeys keys,
            Clock clock,
            GroupTransactions transactions) {
        this.orders = orders;
        this.events = events;
        this.catalog = catalog;
        this.keys = keys;
        this.clock = clock;
        this.commits = new GroupCommit<>(this, transactions);
    }

    /**
     * Places an order, and returns after the commit. If the same request was placed before with this idempotency key,
     * returns the first answer and places no order.
     *
     * @throws Refusal if the catalog cannot serve the order, or the key is in use
     * @throws CannotCreateTransactionException if the database is unavailable or too slow; if the connection broke
     * during the commit, the order may have been placed, and a repetition with the idempotency key finds out
     */
    OrderView place(Ownership owner, NewOrder request, @Nullable String idempotencyKey) {
        return commits.execute(new Placement(owner, ids.generate(), request, idempotencyKey));
    }

    /** Reads the prices of all orders of a transaction with one query. */
    @Override
    public Map<String, Product> prepare(List<Placement> group) {
        return catalog.find(group.stream()
                .flatMap(placement -> placement.order().skus().stream())
                .collect(toSet()));
    }

    @Override
    public OrderView perform(Placement placement, Map<String, Product> products) {
        var owner = placement.owner();
        var id = placement.id();
        var request = placement.order();
        if (placement.idempotencyKey() == null) {
            return OrderView.of(place(id, owner.tenant(), request, products));
        }
        return keys.once(
                new OwnedKey(owner.tenant(), owner.subject(), placement.idempotencyKey()),
                request.fingerprint(),
                id,
                () -> OrderView.of(place(id, owner.tenant(), request, products)),
                placed -> find(placed).orElseThrow(() -> OrderReader.notFound(placed)));
    }

    /** Joins the current transaction, which commits the order and its event together. */
    private Order place(UUID id, String tenant, NewOrder request, Map<String, Product> products) {
        requireTime();
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var quote = Quote.of(request.lines(), products);
        var order = orders.save(Order.place(id, tenant, request, quote, at, EventContext.current()));
        events.publish(order.placed());
        return order;
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
