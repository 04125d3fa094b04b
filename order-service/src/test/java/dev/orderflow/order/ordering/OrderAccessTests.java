package dev.orderflow.order.ordering;

import dev.orderflow.edge.security.AccessRules;
import dev.orderflow.edge.test.AccessMatrix;
import dev.orderflow.edge.test.TokenIssuer;
import dev.orderflow.order.web.OrderAccess;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Import(OrderAccess.class)
class OrderAccessTests extends OrderRequestScenario {

    private static final TokenIssuer ISSUER = TokenIssuer.shared();

    @Autowired
    AccessRules rules;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        ISSUER.register(registry);
    }

    @Test
    void eachOperationAnswersOnlyThoseWhoMayUseIt() {
        new AccessMatrix(
                        mvc,
                        ISSUER,
                        (method, path) -> rules.find(method, path).map(AccessRules.Operation::anyOf),
                        rules::isOfPlatformOnly)
                .assertComplete("order-service");
    }
}
