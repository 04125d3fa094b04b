package dev.orderflow.payment.ledger;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The payments, by order. */
interface PaymentRepository extends Repository<Payment, UUID> {

    Payment save(Payment payment);

    Optional<Payment> findById(UUID orderId);
}
