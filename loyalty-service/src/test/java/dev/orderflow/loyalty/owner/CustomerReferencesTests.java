package dev.orderflow.loyalty.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.orders.OrderServiceClient;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.Caller;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CustomerReferencesTests {

    private static final String REFERENCE = "~" + UUID.randomUUID();
    private static final Caller CUSTOMER = new Caller("demo", "ann", Set.of("orders:read"), null);
    private static final Caller SHOP = new Caller("demo", "shop", Set.of(Caller.FOR_ANY_CUSTOMER), null);

    private final FakeOrders orders = new FakeOrders();
    private final OrderServiceClient client = new OrderServiceClient(
            orders.url(), Duration.ofSeconds(10), Duration.ofSeconds(20), CircuitBreaker.ofDefaults("orders"));
    private final CustomerReferences references =
            new CustomerReferences(client, JsonMapper.builder().build());

    @AfterEach
    void stop() {
        client.close();
        orders.close();
    }

    @Test
    void theCustomerAndAShopLearnTheReference() {
        orders.add("ann", REFERENCE);

        assertThat(references.of("ann", CUSTOMER)).contains(REFERENCE);
        assertThat(references.of("ann", SHOP)).contains(REFERENCE);
    }

    @Test
    void aCustomerLearnsOfNoOther() {
        orders.add("bob", REFERENCE);

        assertUnknown("bob", CUSTOMER);
        assertThat(orders.requests()).isEmpty();
    }

    @Test
    void aCustomerThatOrderServiceDoesNotKnowExistsForItselfOnly() {
        assertThat(references.of("ann", CUSTOMER)).isEmpty();
        assertUnknown("ann", SHOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a/b", "a?b", "a%2Fb", "..", "a b", "\u00e4\ud83d\ude00"})
    void anIdIsOneSegmentOfThePath(String id) {
        orders.add(id, REFERENCE);
        orders.add("a", "~" + UUID.randomUUID());

        assertThat(references.of(id, SHOP)).contains(REFERENCE);
        assertThat(orders.requests()).allSatisfy(path -> assertThat(path).doesNotContain(";", "//", "?", " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"reference\": 5}", "{\"reference\": \"ann\"}"})
    void anAnswerWithoutAReferenceIsNone(String answer) {
        orders.answer(answer);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> references.of("ann", CUSTOMER))
                .returns("orders_unavailable", Refusal::code);
    }

    /** Zeros would tell the customer that its points are gone. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void aCallerWhomOrderServiceRefusesIsNotWithoutPoints(int status) {
        orders.answer(status, "{\"code\": \"another\"}");

        for (var caller : new Caller[] {CUSTOMER, SHOP}) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> references.of("ann", caller))
                    .returns("orders_unavailable", Refusal::code);
        }
    }

    private void assertUnknown(String id, Caller caller) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> references.of(id, caller))
                .returns("customer_not_found", Refusal::code);
    }
}
