package dev.orderflow.order.ownership;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.edge.test.TestToken;
import dev.orderflow.edge.test.TokenIssuer;
import dev.orderflow.eventing.wire.StoredHeaders;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with access tokens, and the callers of two tenants. */
@OrderServiceTest
@Timeout(120)
abstract class SecuredOrders {

    static final TokenIssuer ISSUER = TokenIssuer.shared();

    static final TestToken CUSTOMER = ISSUER.token();
    static final TestToken CUSTOMER_2 = ISSUER.token().subject("customer-2");

    /** A customer of another tenant that has the same id. */
    static final TestToken STRANGER = ISSUER.token().tenant("other");

    static final TestToken SHOP = ISSUER.token().subject("shop").scopes("orders:read orders:write orders:tenant");
    static final TestToken SHOP_OF_OTHERS = SHOP.tenant("other");
    static final TestToken OPERATOR = ISSUER.token().subject("operator").scopes("customers:erase");

    @Autowired
    OrderClient client;

    @Autowired
    OrderCalls calls;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        ISSUER.register(registry);
    }

    @BeforeEach
    void fillCatalog() {
        client.as(ISSUER.token().scopes("catalog:write").bearer()).putProduct("LAMP", "2.55");
    }

    OrderClient as(TestToken token) {
        return client.as(token.bearer());
    }

    /** Returns the tenants of an order's events in the outbox; an empty one for events without. */
    Set<String> tenantsOfEvents(String orderId) {
        return jdbc.sql("SELECT headers FROM outbox WHERE key = :key")
                .param("key", orderId)
                .query((row, number) -> tenant(row.getBytes("headers")))
                .set();
    }

    private static String tenant(byte[] headers) {
        return StoredHeaders.read(headers).stream()
                .filter(header -> header.key().equals("ce_tenantid"))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElse("");
    }

    static Map<String, String> metadata(TestToken token) {
        return Map.of("authorization", token.bearer());
    }
}
