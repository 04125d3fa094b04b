package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.events.Money;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The systems outside the suite: the payment provider's ledger, the carrier and the customers' mailbox. */
final class Sandbox implements AutoCloseable {

    private static final int PAGE = 10_000;

    /** Statuses of an order's parcel. */
    private static final Set<String> PARCEL = Set.of("SHIPPED", "DELIVERED");

    private final URI uri;
    private final JsonCalls json = new JsonCalls();

    /**
     * Payment at the provider.
     *
     * @param calls number of requests for it
     */
    record Payment(UUID orderId, Money amount, String state, String idempotencyKey, int calls) {}

    /** @param calls how often the carrier has processed requests for it */
    record Shipment(UUID orderId, String state, int calls) {}

    record Mail(
            String to,
            String subject,
            @Nullable UUID orderId,
            @Nullable String status) {}

    private record Payments(Payment[] items) {}

    private record Shipments(Shipment[] items) {}

    private record Mails(Mail[] items) {}

    Sandbox(Topology topology) {
        this.uri = topology.uri(Part.SANDBOX);
    }

    /** Delays the provider's responses by {@code latency} from now on. */
    void beSlow(Duration latency) {
        behave(Map.of("latencyMillis", latency.toMillis()));
    }

    /** Lets the provider reject all calls as unavailable from now on. */
    void fail() {
        var response = json.post(uri.resolve("/sandbox/faults"), Map.of("action", "FAIL"), null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    /**
     * Lets the carrier accept parcels at once and answer later, from now on; they leave after 20 seconds.
     *
     * @param latency shorter than the 5 seconds that shipping-service waits for an answer
     */
    void shipSlowly(Duration latency) {
        ship(Map.of("latencyMillis", latency.toMillis(), "handlingMillis", 20_000));
    }

    /** Lets the carrier lose each parcel that it accepts from now on. */
    void loseParcels() {
        ship(Map.of("lossRate", 1));
    }

    /** Lets the carrier stop a parcel that has not left. */
    void stopParcel(UUID order) {
        var response = json.post(uri.resolve("/carrier/shipments/" + order + "/stop"), "", null);
        assertThat(response.body()).contains("\"STOPPED\"");
    }

    /** Lets each call of the carrier fail from now on. */
    void refuseParcels() {
        ship(Map.of("failureRate", 1));
    }

    /** Restores the normal behaviour of provider and carrier. */
    void beWell() {
        behave(Map.of());
        ship(Map.of());
        var response = json.delete(uri.resolve("/sandbox/faults"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }

    List<Payment> payments() {
        return all(offset -> json.read(json.get(uri.resolve("/sandbox/payments?" + page(offset))), Payments.class)
                .items());
    }

    List<Payment> payments(UUID order) {
        return payments().stream()
                .filter(payment -> payment.orderId().equals(order))
                .toList();
    }

    List<Mail> mails() {
        return all(offset -> json.read(json.get(uri.resolve("/sandbox/mails?" + page(offset))), Mails.class)
                .items());
    }

    List<Shipment> shipments(UUID order) {
        return all(offset -> json.read(json.get(uri.resolve("/sandbox/shipments?" + page(offset))), Shipments.class)
                        .items())
                .stream()
                .filter(shipment -> shipment.orderId().equals(order))
                .toList();
    }

    /** Waits until the carrier has exactly one shipment of the order, in that state. */
    void awaitShipment(UUID order, String state) {
        Eventually.await()
                .untilAsserted(() ->
                        assertThat(shipments(order)).extracting(Shipment::state).containsExactly(state));
    }

    /** Waits until the order's parcel may leave: the carrier was called to accept and to release it. */
    void awaitRelease(UUID order) {
        Eventually.await()
                .untilAsserted(() -> assertThat(shipments(order))
                        .extracting(Shipment::calls)
                        .allMatch(calls -> calls >= 2)
                        .hasSize(1));
    }

    /**
     * Waits until the order's customer has been notified of exactly these statuses, in this order. Notifications of its
     * parcel count only if they are expected.
     */
    void awaitMails(UUID order, String... statuses) {
        Eventually.await()
                .untilAsserted(() -> assertThat(mails())
                        .filteredOn(mail -> order.equals(mail.orderId()))
                        .filteredOn(mail -> !PARCEL.contains(String.valueOf(mail.status()))
                                || List.of(statuses).contains(mail.status()))
                        .extracting(Mail::status)
                        .containsExactly(statuses));
    }

    /** Waits until the provider has exactly this payment of the order. */
    void awaitPayment(UUID order, Money amount, String state) {
        Eventually.await()
                .untilAsserted(() -> assertThat(payments(order)).singleElement().satisfies(payment -> {
                    assertThat(payment.state()).isEqualTo(state);
                    assertThat(payment.amount()).isEqualTo(amount);
                }));
    }

    private static String page(int offset) {
        return "limit=" + PAGE + "&offset=" + offset;
    }

    /** Reads pages until one is not full. */
    private static <T> List<T> all(IntFunction<T[]> pages) {
        var all = new ArrayList<T>();
        T[] page;
        do {
            page = pages.apply(all.size());
            all.addAll(Arrays.asList(page));
        } while (page.length == PAGE);
        return all;
    }

    @Override
    public void close() {
        json.close();
    }

    private void ship(Map<String, Object> behaviour) {
        var response = json.put(uri.resolve("/sandbox/shipments/behaviour"), behaviour);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private void behave(Map<String, Object> behaviour) {
        var response = json.put(uri.resolve("/sandbox/payments/behaviour"), behaviour);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
