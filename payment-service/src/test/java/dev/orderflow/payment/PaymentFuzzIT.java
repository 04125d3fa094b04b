package dev.orderflow.payment;

import dev.orderflow.edge.test.OperationFuzz;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentFuzzIT extends PaymentFixture {

    @Test
    void everyOperationAnswersWhateverItGets() {
        jdbc.sql("""
                INSERT INTO payment (order_id, amount, currency, state, created_at, updated_at, version)
                VALUES (:order, 15.30, 'GBP', 'CAPTURED', now(), now(), 0)
                """).param("order", order).update();

        new OperationFuzz(
                        port,
                        () -> "",
                        () -> jdbc.sql("SELECT count(*)::text FROM payment")
                                .query(String.class)
                                .single())
                .assertRobust(
                        "payment-service",
                        Map.of("orderId", order.toString(), "type", "dev.orderflow.payment.completed.v1"));
    }
}
