package dev.orderflow.payment.ledger;

import dev.orderflow.edge.problem.Refusal;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators an order's payment. */
@RestController
class PaymentController {

    private final PaymentRepository payments;

    PaymentController(PaymentRepository payments) {
        this.payments = payments;
    }

    /** Returns the payment of an order; 404 also for an order that is not reserved yet. */
    @GetMapping(path = "/api/payments/{orderId}", produces = MediaType.APPLICATION_JSON_VALUE)
    PaymentView get(@PathVariable UUID orderId) {
        return payments.findById(orderId)
                .map(PaymentView::of)
                .orElseThrow(() -> Refusal.notFound(
                        "payment_not_found",
                        "No payment is recorded for order " + orderId + "; it may not be reserved yet"));
    }
}
