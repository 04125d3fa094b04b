package dev.orderflow.payment.ledger;

import dev.orderflow.edge.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The scopes that each operation requires. This service does not know whose an order is, so customers see no payment. */
@Configuration(proxyBeanMethods = false)
class PaymentAccess {

    @Bean
    AccessRules paymentAccessRules() {
        return AccessRules.builder()
                .operation(HttpMethod.GET, "/api/payments/{orderId}", "operator")
                .build();
    }
}
