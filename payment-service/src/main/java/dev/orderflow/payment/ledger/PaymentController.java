package dev.orderflow.payment.ledger;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.eventing.TenantRows;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators the payment of an order of their tenant. */
@RestController
class PaymentController {

    private final PaymentRepository payments;
    private final AccessControl access;

    PaymentController(PaymentRepository payments, AccessControl access) {
        this.payments = payments;
        this.access = access;
    }

    /** Returns the payment of an order; 404 also for an order that is not reserved yet. */
    @GetMapping(path = "/api/payments/{orderId}", produces = MediaType.APPLICATION_JSON_VALUE)
    PaymentView get(@PathVariable UUID orderId) {
        var tenant = access.caller().tenant();
        return TenantRows.of(tenant)
                .call(() -> payments.findById(orderId))
                .filter(payment -> payment.isOf(tenant))
                .map(PaymentView::of)
                .orElseThrow(() -> Refusal.notFound(
                        "payment_not_found",
                        "No payment is recorded for order " + orderId + "; it may not be reserved yet"));
    }
}
