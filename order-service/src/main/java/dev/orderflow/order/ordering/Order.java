package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.order.PricedOrderLine;
import dev.orderflow.events.stock.Shortage;
import dev.orderflow.order.lifecycle.OrderLifecycle;
import dev.orderflow.order.lifecycle.OrderLifecycle.Become;
import dev.orderflow.order.lifecycle.OrderLifecycle.Decision;
import dev.orderflow.order.lifecycle.OrderLifecycle.Ignore;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderTrigger;
import dev.orderflow.order.ownership.Ownership;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.ListIndexBase;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * An order: the aggregate. Its lines and prices never change; its status does, as {@link OrderLifecycle} decides.
 * <p>
 * The version detects concurrent changes and so serializes the changes of one order: the loser of a race decides again
 * on the state that the winner committed.
 */
@Entity
@Table(name = "orders")
class Order implements Persistable<UUID> {

    @Id
    private UUID id;

    /** Null until the order is first saved, which spares {@code save} a query. */
    @Version
    private @Nullable Long version;

    @Column(updatable = false)
    private String tenant;

    /** Becomes the reference when the customer is erased, which changes the version. */
    @PersonalData(value = "owner of the order", kept = "`orders.retention`", erased = "becomes the reference")
    @Column(name = "customer_id", updatable = false)
    private String customerId;

    /** Null in orders from before there were references. */
    @PersonalData(value = "to name the customer in events", kept = "`orders.retention`", erased = "refers to nobody")
    @Column(name = "customer_reference", length = 37, updatable = false)
    private @Nullable String customerReference;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable CancellationReason reason;

    @JdbcTypeCode(SqlTypes.CHAR)
    @Column(length = 3, updatable = false)
    private String currency;

    @Column(updatable = false)
    private BigDecimal total;

    @Enumerated(EnumType.STRING)
    @Column(name = "payment_method", updatable = false)
    private PaymentMethod paymentMethod;

    @Column(name = "placed_at", updatable = false)
    private Instant placedAt;

    @Convert(converter = OrderDiscounts.class)
    @Column(updatable = false)
    private @Nullable List<OrderDiscount> discounts;

    @Column(updatable = false)
    private @Nullable Instant deadline;

    /** Null until a shipment of the order is dispatched. */
    @Column(name = "tracking_id")
    private @Nullable String trackingId;

    @Embedded
    private @Nullable DeadlineContext deadlineContext;

    @ElementCollection
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "line_no")
    @ListIndexBase(1)
    private List<PricedLine> lines = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "order_status_change", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "position")
    @ListIndexBase(1)
    private List<StatusChange> history = new ArrayList<>();

    /** Creates an empty order for Hibernate. */
    protected Order() {}

    private Order(
            UUID id, String tenant, NewOrder request, String reference, Quote quote, Instant at, EventContext flow) {
        this.id = id;
        this.tenant = tenant;
        this.customerId = request.customerId();
        this.customerReference = reference;
        this.paymentMethod = request.paymentMethod();
        this.currency = quote.total().currency();
        this.total = quote.total().amount();
        this.placedAt = at;
        this.deadline = flow.deadline();
        this.deadlineContext = DeadlineContext.of(flow);
        this.discounts = quote.discounts();
        this.lines.addAll(quote.lines());
        become(OrderStatus.PLACED, null, at);
    }

    /**
     * Creates a new order.
     *
     * @param id UUIDv7, which keeps rows of about the same time together in indexes
     * @param reference the customer's, which all events of the order have
     * @param at no finer than microseconds, the stored precision
     * @param flow the context of the request, whose deadline is the time by which the order is to be paid
     */
    static Order place(
            UUID id, String tenant, NewOrder request, String reference, Quote quote, Instant at, EventContext flow) {
        return new Order(id, tenant, request, reference, quote, at, flow);
    }

    /** Changes the status if {@link OrderLifecycle} allows it, and returns the decision. */
    Decision apply(OrderTrigger trigger, Instant at) {
        var decision = OrderLifecycle.decide(status, trigger);
        switch (decision) {
            case Become(var next, var why) -> become(next, why, at);
            case Ignore _ -> {}
        }
        return decision;
    }

    /** @throws dev.orderflow.events.OtherTenantException unless the event that is being handled is of this order's tenant */
    void checkTenant() {
        EventTenant.require(tenant);
    }

    /** @throws AnswerMismatchException unless {@code amount}, which was charged or declined, is this order's total */
    void check(Money amount) {
        AnswerCheck.amount(total(), amount);
    }

    /** @throws AnswerMismatchException unless each shortage is about a product and quantity of this order */
    void check(List<Shortage> shortages) {
        AnswerCheck.shortages(lines, shortages);
    }

    /** @throws AnswerMismatchException if the order's shipment is known, and is another one */
    void checkShipment(String shipment) {
        AnswerCheck.shipment(trackingId, shipment);
    }

    /** Records the carrier's id of a paid order's shipment, before {@link OrderTrigger#SHIPMENT_DISPATCHED} is applied. */
    void ship(String shipment) {
        if (status == OrderStatus.PAID) {
            trackingId = shipment;
        }
    }

    /** The event that reports the latest change of status. */
    OrderEvent latestEvent() {
        var at = history.getLast().at();
        return switch (status) {
            case PLACED -> new OrderPlacedV2(id, eventCustomer(), eventLines(), total(), paymentMethod, at);
            case RESERVED -> new OrderReserved(id, eventCustomer(), total(), paymentMethod, at);
            case PAID -> new OrderPaid(id, eventCustomer(), total(), at);
            case SHIPPED -> new OrderShipped(id, eventCustomer(), Objects.requireNonNull(trackingId), at);
            case DELIVERED -> new OrderDelivered(id, eventCustomer(), at);
            case CANCELLED -> new OrderCancelled(id, eventCustomer(), Objects.requireNonNull(reason), at);
        };
    }

    /**
     * The event that reports that the order still waits for its payment.
     *
     * @param cancelledAt when the order is cancelled at the earliest
     */
    OrderUnpaid unpaid(Instant cancelledAt, Instant at) {
        return new OrderUnpaid(id, eventCustomer(), total(), cancelledAt, at);
    }

    private String eventCustomer() {
        return customerReference == null ? customerId : customerReference;
    }

    private void become(OrderStatus next, @Nullable CancellationReason why, Instant at) {
        status = next;
        reason = why;
        history.add(new StatusChange(next, why, at));
    }

    private List<PricedOrderLine> eventLines() {
        return lines.stream().flatMap(line -> line.ofEvent(currency).stream()).toList();
    }

    /** {@code amount} in the order's currency. */
    Money money(BigDecimal amount) {
        return new Money(amount, currency);
    }

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return version == null;
    }

    /** 0 for an order that was just placed. */
    long version() {
        return version == null ? 0 : version;
    }

    /** Returns the context of an event that reports the passing of the deadline. */
    EventContext deadlineContext() {
        return deadlineContext == null ? EventContext.none() : deadlineContext.events();
    }

    /** Returns whether {@code owner} may see and change this order. */
    boolean isOf(Ownership owner) {
        return owner.includes(tenant, customerId);
    }

    String customerId() {
        return customerId;
    }

    OrderStatus status() {
        return status;
    }

    @Nullable
    CancellationReason reason() {
        return reason;
    }

    Money total() {
        return money(total);
    }

    Instant placedAt() {
        return placedAt;
    }

    List<PricedLine> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Discounts by promotions; empty without any. */
    List<OrderDiscount> discounts() {
        return discounts == null ? List.of() : discounts;
    }

    List<StatusChange> history() {
        return Collections.unmodifiableList(history);
    }
}
