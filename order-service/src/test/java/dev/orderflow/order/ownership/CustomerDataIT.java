package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.TestToken;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient.Answer;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** References and addresses of customers, and the export of their data. */
@TestPropertySource(properties = "orders.customers.mailbox-domain=example.com")
class CustomerDataIT extends SecuredOrders {

    private static final TestToken MAILER =
            ISSUER.token().subject("notification").scopes("addresses:read");

    private String id = "";
    private TestToken token = CUSTOMER;

    @BeforeEach
    void newCustomer() {
        id = "c-" + UUID.randomUUID();
        token = CUSTOMER.subject(id);
    }

    @Test
    void aCustomerKeepsItsReferenceWhichNoOtherHas() {
        place(token);
        var reference = reference("demo");
        place(token);
        place(SHOP);
        place(token.tenant("other"));

        assertThat(jdbc.sql(
                                "SELECT DISTINCT customer_reference FROM orders WHERE tenant = 'demo' AND customer_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly(reference);
        assertThat(reference("other")).isNotEqualTo(reference);
    }

    @Test
    void anOrderThatIsNotPlacedAddsNoCustomer() {
        client.as(ISSUER.token().scopes("catalog:write").bearer()).putProduct("DEAR", "9999999999.99");
        var key = UUID.randomUUID().toString();

        assertThat(as(token).place(order(id, line("NO-SUCH", 1)), null).status())
                .isEqualTo(422);
        assertThat(as(token).place(order(id, line("DEAR", 100_000)), key).status())
                .isEqualTo(422);
        assertThat(customers()).isZero();

        assertThat(as(token).place(order(id, line("LAMP", 1)), key).status()).isEqualTo(201);
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void theVerifiedAddressOfTheLatestTokenCounts() {
        place(token);
        assertThat(address()).isEqualTo(id + "@example.com");

        place(token.claim("email", "jo@example.org").claim("email_verified", false));
        assertThat(address()).isEqualTo(id + "@example.com");

        place(token.claim("email", "jo@example.org").claim("email_verified", true));
        assertThat(address()).isEqualTo("jo@example.org");

        place(token.claim("email", "jo@example.net").claim("email_verified", true));
        place(SHOP.claim("email", "shop@example.net").claim("email_verified", true));
        assertThat(address()).isEqualTo("jo@example.net");
    }

    @Test
    void theAddressOfACallOverGrpcIsRememberedToo() {
        var verified = token.claim("email", "jo@example.org").claim("email_verified", true);

        calls.stub(metadata(verified)).place(OrderCalls.order(id, OrderCalls.line("LAMP", 1)));

        assertThat(address()).isEqualTo("jo@example.org");
    }

    @Test
    void onlyTheServiceThatSendsMailsReadsAddresses() {
        place(token);
        var path = "/api/customers/" + reference("demo") + "/address";

        for (var other : new TestToken[] {token, SHOP, OPERATOR}) {
            assertThat(as(other).get(path).status()).isEqualTo(403);
        }
        for (var unknown : new String[] {"~" + UUID.randomUUID(), id, "x"}) {
            var answer = as(MAILER).get("/api/customers/" + unknown + "/address");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.<String>get("$.code")).isEqualTo("address_not_found");
        }
    }

    @Test
    void aCustomerAndAShopOfItsTenantLearnTheReference() {
        place(token);
        var path = "/api/customers/" + id + "/reference";

        for (var caller : new TestToken[] {token, SHOP, SHOP.scopes("orders:write orders:tenant")}) {
            var answer = as(caller).get(path);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.<Map<String, Object>>get("$"))
                    .containsExactlyEntriesOf(Map.of("reference", reference("demo")));
        }
        assertThat(as(SHOP).get("/api/customers/" + reference("demo") + "/reference")
                        .<String>get("$.reference"))
                .isEqualTo(reference("demo"));
    }

    @Test
    void nobodyElseLearnsTheReference() {
        assertThat(as(token).get("/api/customers/" + id + "/reference").status())
                .as("before the first order")
                .isEqualTo(404);
        place(token);

        for (var name : new String[] {id, reference("demo")}) {
            var path = "/api/customers/" + name + "/reference";
            for (var other : new TestToken[] {CUSTOMER_2, token.tenant("other"), SHOP.tenant("other")}) {
                assertThat(as(other).get(path).<String>get("$.code")).isEqualTo("customer_not_found");
            }
            assertThat(as(OPERATOR).get(path).status()).isEqualTo(403);
            assertThat(client.get(path).status()).isEqualTo(401);
        }
        assertThat(as(SHOP).get("/api/customers/nobody/reference").status()).isEqualTo(404);
    }

    @Test
    void anExportHasReferenceAddressAndOrders() {
        var verified = token.claim("email", "jo@example.org").claim("email_verified", true);
        var orders = new ArrayList<String>();
        for (var number = 0; number < 3; number++) {
            orders.addFirst(place(verified).orderId().toString());
        }

        for (var caller : new TestToken[] {token, OPERATOR}) {
            var first = as(caller).get("/api/customers/" + id + "?limit=2");
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(first.<Map<String, Object>>get("$"))
                    .containsEntry("customerId", id)
                    .containsEntry("reference", reference("demo"))
                    .containsEntry("address", "jo@example.org");
            assertThat(first.<Object>get("$.orders.items[0].lines[0].sku")).isEqualTo("LAMP");
            assertThat(first.<Object>get("$.orders.items[0].history[0].status")).isEqualTo("PLACED");
            var second = as(caller).get("/api/customers/" + id + "?limit=2&cursor=" + first.get("$.orders.nextCursor"));

            var exported = new ArrayList<String>(first.get("$.orders.items[*].orderId"));
            exported.addAll(second.get("$.orders.items[*].orderId"));
            assertThat(exported).isEqualTo(orders);
            assertThat(second.<@Nullable Object>get("$.orders.nextCursor")).isNull();
        }
        assertThat(as(OPERATOR).get("/api/customers/" + reference("demo")).<String>get("$.customerId"))
                .isEqualTo(id);
    }

    @Test
    void nobodyElseExportsTheData() {
        place(token);

        for (var other : new TestToken[] {CUSTOMER_2, SHOP, token.tenant("other"), OPERATOR.tenant("other")}) {
            assertThat(as(other).get("/api/customers/" + id).status()).isEqualTo(404);
        }
        assertThat(client.get("/api/customers/" + id).status()).isEqualTo(401);
        assertThat(as(OPERATOR).get("/api/customers/nobody").status()).isEqualTo(404);
    }

    private Answer place(TestToken caller) {
        var answer = as(caller).place(order(id, line("LAMP", 1)), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private String address() {
        return as(MAILER)
                .get("/api/customers/" + reference("demo") + "/address")
                .get("$.address");
    }

    private String reference(String tenant) {
        return jdbc.sql("SELECT reference FROM customer WHERE tenant = :tenant AND id = :id")
                .param("tenant", tenant)
                .param("id", id)
                .query(String.class)
                .single();
    }

    private int customers() {
        return jdbc.sql("SELECT count(*) FROM customer WHERE id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }
}
