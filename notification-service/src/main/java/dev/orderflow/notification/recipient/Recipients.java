package dev.orderflow.notification.recipient;

import dev.orderflow.notification.recipient.AddressCache.Known;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * Finds the address to which a customer's e-mails go. Call it under the guard {@code customers}, outside any transaction.
 * Addresses are remembered for a minute at most. Thread-safe.
 */
public class Recipients {

    private final AddressCache cache;
    private final AddressBook book;
    private final MeterRegistry meters;

    Recipients(AddressCache cache, AddressBook book, MeterRegistry meters) {
        this.cache = cache;
        this.book = book;
        this.meters = meters;
    }

    /**
     * Returns the customer's address; empty if the customer was erased or has none.
     *
     * @throws CustomersUnavailableException if order-service does not answer; a retry may succeed
     */
    public Optional<String> addressOf(String reference) {
        return switch (cache.get(reference)) {
            case Known.Address(var address) -> counted("cached", address);
            case Known.Nothing() -> ask(reference);
        };
    }

    /** Forgets the address of a customer who was erased. */
    void erase(String reference) {
        cache.erase(reference);
    }

    private Optional<String> ask(String reference) {
        var address = book.find(reference);
        return address.isEmpty()
                ? counted("absent", address)
                : counted("found", cache.put(reference, address.orElseThrow()));
    }

    private Optional<String> counted(String result, Optional<String> address) {
        meters.counter("notification.addresses", "result", result).increment();
        return address;
    }
}
