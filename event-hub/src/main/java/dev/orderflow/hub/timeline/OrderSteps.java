package dev.orderflow.hub.timeline;

import dev.orderflow.events.Topics;
import dev.orderflow.hub.timeline.Timeline.PendingStep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an order, from the table of its statuses: which event follows which, and whose it is. An order whose way has ended is
 * cancelled, and what had happened is undone.
 */
final class OrderSteps {

    private static final Pattern VERSION = Pattern.compile("\\.v[0-9]+$");
    private static final String DOMAIN = "dev.orderflow.";
    private static final String CANCELLED = DOMAIN + "order.cancelled";

    /** The way of an order that succeeds. */
    private static final List<PendingStep> WAY = List.of(
            step("order.placed", Topics.ORDER_SERVICE),
            step("stock.reserved", Topics.INVENTORY_SERVICE),
            step("order.reserved", Topics.ORDER_SERVICE),
            step("payment.completed", Topics.PAYMENT_SERVICE),
            step("order.paid", Topics.ORDER_SERVICE),
            step("stock.committed", Topics.INVENTORY_SERVICE),
            step("shipment.dispatched", Topics.SHIPPING_SERVICE),
            step("order.shipped", Topics.ORDER_SERVICE),
            step("shipment.delivered", Topics.SHIPPING_SERVICE),
            step("order.delivered", Topics.ORDER_SERVICE));

    /** Answers after which the order will be cancelled. */
    private static final Set<String> ENDS = Set.of(
            DOMAIN + "stock.rejected",
            DOMAIN + "payment.declined",
            DOMAIN + "shipment.lost",
            DOMAIN + "shipment.stopped");

    /** Statuses by the event that announces them, from the last to the first. */
    private static final List<Map.Entry<String, String>> STATUSES = List.of(
            Map.entry(CANCELLED, "CANCELLED"),
            Map.entry(DOMAIN + "order.delivered", "DELIVERED"),
            Map.entry(DOMAIN + "order.shipped", "SHIPPED"),
            Map.entry(DOMAIN + "order.paid", "PAID"),
            Map.entry(DOMAIN + "order.reserved", "RESERVED"),
            Map.entry(DOMAIN + "order.placed", "PLACED"));

    /**
     * A compensation of a cancelled order.
     *
     * @param done   what must have happened
     * @param undone events of which one ends it
     */
    private record Compensation(String done, PendingStep step, Set<String> undone) {}

    private static final List<Compensation> COMPENSATIONS = List.of(
            new Compensation(
                    DOMAIN + "stock.reserved",
                    step("stock.released", Topics.INVENTORY_SERVICE),
                    Set.of(DOMAIN + "stock.released", DOMAIN + "shipment.lost")),
            new Compensation(
                    DOMAIN + "payment.completed",
                    step("payment.refunded", Topics.PAYMENT_SERVICE),
                    Set.of(DOMAIN + "payment.refunded")),
            new Compensation(
                    DOMAIN + "shipment.dispatched",
                    step("shipment.stopped", Topics.SHIPPING_SERVICE),
                    Set.of(
                            DOMAIN + "shipment.stopped",
                            DOMAIN + "shipment.stoprefused",
                            DOMAIN + "shipment.lost",
                            DOMAIN + "shipment.delivered")));

    private final Set<String> happened;

    /** @param types types of the order's own events */
    OrderSteps(Set<String> types) {
        this.happened = types.stream()
                .map(type -> VERSION.matcher(type).replaceFirst(""))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PendingStep step(String fact, String service) {
        return new PendingStep(DOMAIN + fact, service);
    }

    /** Returns all types that steps name, without versions. */
    static Set<String> types() {
        return Stream.of(
                        WAY.stream().map(PendingStep::type),
                        ENDS.stream(),
                        STATUSES.stream().map(Map.Entry::getKey),
                        COMPENSATIONS.stream().flatMap(each -> each.undone().stream()))
                .flatMap(each -> each)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the status that the events state; null before the first. */
    @Nullable
    String status() {
        return STATUSES.stream()
                .filter(entry -> happened.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Returns the steps that have not happened yet, in their order. */
    List<PendingStep> pending() {
        Predicate<String> hasHappened = happened::contains;
        if (happened.contains(CANCELLED)) {
            return COMPENSATIONS.stream()
                    .filter(each -> happened.contains(each.done()))
                    .filter(each -> each.undone().stream().noneMatch(hasHappened))
                    .map(Compensation::step)
                    .toList();
        }
        if (ENDS.stream().anyMatch(hasHappened)) {
            return List.of(new PendingStep(CANCELLED, Topics.ORDER_SERVICE));
        }
        return WAY.stream().filter(each -> !happened.contains(each.type())).toList();
    }
}
