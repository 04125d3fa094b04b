package dev.orderflow.payment.ledger;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Repository of the payments, by order. */
interface PaymentRepository extends Repository<Payment, UUID> {

    Payment save(Payment payment);

    Optional<Payment> findById(UUID orderId);
}
