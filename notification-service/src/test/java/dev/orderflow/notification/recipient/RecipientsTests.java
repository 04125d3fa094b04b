package dev.orderflow.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.events.customer.CustomerErased;
import dev.orderflow.events.customer.CustomerReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RecipientsTests {

    private final FakeCustomers customers = new FakeCustomers();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong passed = new AtomicLong();
    private Duration timeout = Duration.ofSeconds(10);
    private final String reference = CustomerReference.random().text();

    @AfterEach
    void close() {
        http.close();
        customers.close();
    }

    @Test
    void anAddressIsAskedForOncePerMinute() {
        customers.knows(reference, "jo@example.com");
        var recipients = recipients(false, 10);

        assertThat(recipients.addressOf(reference)).hasValue("jo@example.com");
        customers.knows(reference, "new@example.com");
        pass(Duration.ofSeconds(59));
        assertThat(recipients.addressOf(reference)).hasValue("jo@example.com");
        pass(Duration.ofSeconds(1));

        assertThat(recipients.addressOf(reference)).hasValue("new@example.com");
        assertThat(customers.requests())
                .containsExactly(
                        "null /api/customers/" + reference + "/address",
                        "null /api/customers/" + reference + "/address");
    }

    @Test
    void aCustomerWithoutAddressHasNone() {
        assertThat(recipients(false, 10).addressOf(reference)).isEmpty();
    }

    @Test
    void theAddressOfAnErasedCustomerIsForgottenAtOnce() {
        customers.knows(reference, "jo@example.com");
        var recipients = recipients(false, 10);
        recipients.addressOf(reference);

        new CustomerEventHandlers(recipients).forget(new CustomerErased(reference, now.get()));

        assertThat(recipients.addressOf(reference)).isEmpty();
        assertThat(customers.requests()).hasSize(1);
    }

    /** The event overtakes the answer of order-service. */
    @Test
    void anAddressThatArrivesAfterTheErasureIsDropped() {
        var cache = new AddressCache(clock(), Duration.ofMinutes(1), 10);

        cache.erase(reference);

        assertThat(cache.put(reference, "jo@example.com")).isEmpty();
        assertThat(cache.get(reference))
                .isInstanceOfSatisfying(
                        AddressCache.Known.Address.class,
                        known -> assertThat(known.address()).isEmpty());
    }

    @Test
    void onlyTheLastAddressesAreRemembered() {
        var recipients = recipients(false, 1);
        var other = CustomerReference.random().text();
        customers.knows(reference, "jo@example.com");
        customers.knows(other, "mo@example.com");

        recipients.addressOf(reference);
        recipients.addressOf(other);
        recipients.addressOf(other);
        recipients.addressOf(reference);

        assertThat(customers.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "500, {}",
        "401, {}",
        "403, {}",
        "429, {}",
        "200, {}",
        "200, jo@example.com",
        "200, []",
        "200, {\"code\":\"address_not_found\"}",
        "404, ''",
        "404, <html></html>",
        "404, {\"code\":\"not_found\"}",
        "404, {\"address\":\"jo@example.com\"}",
    })
    void anyOtherAnswerMeansThatOrderServiceIsAway(int status, String body) {
        customers.answersAlways(status, body);

        assertUnavailable();
    }

    @Test
    void anEndlessAnswerIsNotRead() {
        customers.answersAlways(200, "{\"address\":\"" + "x".repeat(20_000) + "\"}");

        assertUnavailable();
    }

    /** The client cannot be closed while a request is not ended. */
    @Test
    void anAnswerThatStallsIsNotWaitedFor() {
        timeout = Duration.ofMillis(200);
        customers.stalls();

        assertUnavailable();
    }

    @Test
    void withoutAnAnswerOrderServiceIsAway() {
        customers.close();

        assertUnavailable();
    }

    @Test
    void aTokenIsUsedUntilShortlyBeforeItEnds() {
        var recipients = recipients(true, 0);
        customers.knows(reference, "jo@example.com");

        recipients.addressOf(reference);
        pass(Duration.ofSeconds(269));
        recipients.addressOf(reference);
        pass(Duration.ofSeconds(1));
        recipients.addressOf(reference);

        var path = "/api/customers/" + reference + "/address";
        assertThat(customers.requests()).containsExactly("Bearer 1 " + path, "Bearer 1 " + path, "Bearer 2 " + path);
        // The credentials are "notification" and "a secret", encoded as in a form.
        assertThat(customers.tokenRequests())
                .hasSize(2)
                .containsOnly(
                        "Basic bm90aWZpY2F0aW9uOmErc2VjcmV0 " + "grant_type=client_credentials&scope=addresses%3Aread");
    }

    @Test
    void aRefusedTokenIsReplaced() {
        var recipients = recipients(true, 0);
        customers.answersAlways(401, "");
        assertThatExceptionOfType(CustomersUnavailableException.class)
                .isThrownBy(() -> recipients.addressOf(reference));

        customers.works();
        recipients.addressOf(reference);

        assertThat(customers.requests()).last().asString().startsWith("Bearer 2 ");
    }

    @Test
    void anAddressLeavesMemoryThoughNobodyAsksForOthers() {
        customers.knows(reference, "jo@example.com");
        var recipients = recipients(false, 10);
        recipients.addressOf(reference);

        recipients.run();
        assertThat(expired()).isZero();
        pass(Duration.ofMinutes(1));
        recipients.run();

        assertThat(expired()).isEqualTo(1);
    }

    private double expired() {
        return meters.get("notification.addresses.expired").counter().count();
    }

    /** The issuer takes all of the time, so that none is left for order-service. */
    @Test
    void theRequestsOfALookUpShareItsTime() {
        customers.beforeToken(() -> passed.addAndGet(timeout.toNanos()));
        var recipients = recipients(true, 10);

        assertThatExceptionOfType(CustomersUnavailableException.class)
                .isThrownBy(() -> recipients.addressOf(reference))
                .withMessage("no time is left to ask order-service");
        assertThat(customers.tokenRequests()).hasSize(1);
        assertThat(customers.requests()).isEmpty();

        customers.beforeToken(() -> {});
        assertThat(recipients.addressOf(reference)).as("by the same token").isEmpty();
        assertThat(customers.tokenRequests()).hasSize(1);
    }

    private void assertUnavailable() {
        assertThatExceptionOfType(CustomersUnavailableException.class)
                .isThrownBy(() -> recipients(false, 10).addressOf(reference))
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("order-service"))
                .satisfies(failure ->
                        assertThat(failure.toString() + failure.getCause()).doesNotContain(reference, "jo@"));
    }

    private Recipients recipients(boolean secured, int cacheSize) {
        var properties = new CustomersProperties(
                customers.url(),
                URI.create(customers.url() + "/oauth2/token").toString(),
                "notification",
                "a secret",
                Duration.ofSeconds(10),
                timeout,
                Duration.ofMinutes(1),
                cacheSize);
        var exchange = new Exchange(http, JsonMapper.shared());
        var token = secured ? new ClientToken(exchange, properties, clock()) : null;
        return new Recipients(
                new AddressCache(clock(), properties.cacheTime(), cacheSize),
                new AddressBook(exchange, properties, token, () -> System.nanoTime() + passed.get()),
                meters);
    }

    private Clock clock() {
        return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
