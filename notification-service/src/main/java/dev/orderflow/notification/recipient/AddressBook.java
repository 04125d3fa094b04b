package dev.orderflow.notification.recipient;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks order-service for the addresses of customers, over connections that are kept. Thread-safe. */
class AddressBook {

    /** Problem code of a customer that does not exist or has no address; other servers and paths answer 404, too. */
    private static final String NO_ADDRESS = "address_not_found";

    private final Exchange exchange;
    private final CustomersProperties properties;
    private final @Nullable ClientToken token;
    private final LongSupplier nanoTime;

    /**
     * @param token    null if order-service requires none
     * @param nanoTime such as {@link System#nanoTime}
     */
    AddressBook(Exchange exchange, CustomersProperties properties, @Nullable ClientToken token, LongSupplier nanoTime) {
        this.exchange = exchange;
        this.properties = properties;
        this.token = token;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the address of the customer; empty if there is no such customer any more, or it has none.
     *
     * @param reference a customer reference, whose characters need no encoding in a path
     * @throws CustomersUnavailableException if order-service does not say, within the time of a look-up
     */
    Optional<String> find(String reference) {
        var time = new LookUpTime(properties.readTimeout(), nanoTime);
        var value = token == null ? null : token.value(time);
        var answer = exchange.send(request(reference, value), "order-service", time);
        if (NO_ADDRESS.equals(answer.text(404, "code"))) {
            return Optional.empty();
        }
        var address = answer.text(200, "address");
        if (address == null) {
            if (token != null && value != null && answer.status() == 401) {
                token.refused(value);
            }
            throw new CustomersUnavailableException(
                    "order-service answered " + answer.status() + " to a request for an address", null);
        }
        return Optional.of(address);
    }

    private HttpRequest request(String reference, @Nullable String value) {
        var request = HttpRequest.newBuilder(URI.create(properties.url() + "/api/customers/" + reference + "/address"))
                .header("Accept", "application/json");
        if (value != null) {
            request.header("Authorization", "Bearer " + value);
        }
        return request.build();
    }
}
