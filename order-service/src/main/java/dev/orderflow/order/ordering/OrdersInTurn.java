package dev.orderflow.order.ordering;

import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.Turns;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.admission.OrderAdmission;
import dev.orderflow.order.grpc.CallContext;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.web.OrderTurns;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Carries out what clients ask for, each request in its turn. For protocols whose requests take no turn on their way, as
 * those of {@link OrderController} do; the turns are the same, and so are the database connections behind them.
 */
@Component
@ConditionalOnProperty(name = "orders.grpc.enabled", matchIfMissing = true)
class OrdersInTurn {

    private final OrderAdmission admission;
    private final OrderPlacement placement;
    private final OrderReader reader;
    private final OrderCancellation cancellation;
    private final Turns placing;
    private final Turns others;

    OrdersInTurn(
            OrderAdmission admission,
            OrderPlacement placement,
            OrderReader reader,
            OrderCancellation cancellation,
            @Qualifier(OrderTurns.PLACING) Turns placing,
            @Qualifier(TakesTurn.REQUESTS) Turns others) {
        this.admission = admission;
        this.placement = placement;
        this.reader = reader;
        this.cancellation = cancellation;
        this.placing = placing;
        this.others = others;
    }

    /** Refuses an order early while {@link OrderAdmission} refuses them, before any other work. */
    void requireAdmission() {
        if (admission.refuses()) {
            throw Refusal.overloaded(OrderAdmission.DETAIL, admission.retryAfter());
        }
    }

    /** @throws Refusal see {@link OrderPlacement#place}; also if too many orders are in flight */
    OrderView place(Ownership owner, NewOrder order, @Nullable String idempotencyKey) {
        return placing.take(client(), () -> {
            admission.admit(owner.tenant());
            return placement.place(owner, order, idempotencyKey);
        });
    }

    /** @throws Refusal when there is no such order */
    OrderView get(UUID id, Ownership owner) {
        return others.take(client(), () -> reader.get(id, owner));
    }

    /** @throws Refusal see {@link OrderCancellation#cancel} */
    OrderView cancel(UUID id, Ownership owner) {
        return others.take(client(), () -> cancellation.cancel(id, owner));
    }

    private static String client() {
        return CallContext.current().client();
    }
}
