package dev.orderflow.notification.recipient;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.notification.recipient.AddressCache.Known;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds the address to which a customer's e-mails go. Call it under the guard {@code customers}, outside any transaction.
 * Addresses are remembered for a minute at most. Thread-safe.
 */
public class Recipients implements PeriodicTask {

    /** Bounds how much longer than remembered an address is in memory. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final AddressCache cache;
    private final AddressBook book;
    private final MeterRegistry meters;
    private final Counter expired;

    Recipients(AddressCache cache, AddressBook book, MeterRegistry meters) {
        this.cache = cache;
        this.book = book;
        this.meters = meters;
        this.expired = Counter.builder("notification.addresses.expired")
                .description("Addresses of customers that were removed from memory after their time")
                .register(meters);
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

    @Override
    public String name() {
        return "remembered-addresses";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    /** Removes addresses whose time has passed, though nobody asks for others. */
    @Override
    public void run() {
        expired.increment(cache.dropExpired());
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
