package dev.orderflow.loyalty.owner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.edge.orders.OrderServiceClient;
import dev.orderflow.edge.orders.OrdersUnavailableException;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.Caller;
import dev.orderflow.events.customer.CustomerReference;
import java.util.Optional;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks order-service for the reference by which events name a customer. A copy of it would outlive the customer's erasure.
 * Blocks; thread-safe.
 */
public class CustomerReferences {

    /** Code of order-service's problem, and of this service's. */
    private static final String UNKNOWN = "customer_not_found";

    private final OrderServiceClient orders;
    private final JsonMapper json;

    CustomerReferences(OrderServiceClient orders, JsonMapper json) {
        this.orders = orders;
        this.json = json;
    }

    /**
     * Returns the customer's reference; empty if the customer is the caller itself and has not ordered yet.
     *
     * @param caller the caller of this thread, whose token order-service gets
     * @throws Refusal 404 if there is no such customer, or none that the caller may know; 503 or 429 when order-service does
     *     not say
     */
    public Optional<String> of(String customerId, Caller caller) {
        var isItself = !caller.actsForAnyCustomer() && caller.subject().equals(customerId);
        if (!isItself && !caller.actsForAnyCustomer()) {
            throw unknown();
        }
        // All but letters, digits and a few marks is encoded: a ";" would end the id.
        var path = "/api/customers/" + UriUtils.encode(customerId, UTF_8) + "/reference";
        var reference = orders.read(path, UNKNOWN, this::reference);
        if (reference.isEmpty() && !isItself) {
            throw unknown();
        }
        return reference;
    }

    /** Reads the answer. A parser's message quotes the text, so it is dropped. */
    private String reference(byte[] answer) {
        try {
            var reference = json.readTree(answer).path("reference").asString("");
            if (CustomerReference.isReference(reference)) {
                return reference;
            }
        } catch (JacksonException e) {
            throw new OrdersUnavailableException("order-service answers with something else than JSON", null);
        }
        throw new OrdersUnavailableException("order-service answers without a reference", null);
    }

    private static Refusal unknown() {
        return Refusal.notFound(UNKNOWN, "There is no such customer.");
    }
}
