package dev.orderflow.notification.recipient;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Access token of this service, by its client credentials (RFC 6749, 4.4); kept until shortly before it ends. Thread-safe. */
class ClientToken {

    private static final String REQUEST = "grant_type=client_credentials&scope=addresses%3Aread";

    private static final String ISSUER = "the issuer of tokens";

    /** Validity that must remain, for the request's way and for clocks that differ. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Exchange exchange;
    private final CustomersProperties properties;
    private final Clock clock;
    private final Lock fetching = new ReentrantLock();
    private volatile @Nullable Token current;

    ClientToken(Exchange exchange, CustomersProperties properties, Clock clock) {
        this.exchange = exchange;
        this.properties = properties;
        this.clock = clock;
    }

    private record Token(String value, Instant end) {}

    /**
     * Returns a token that is valid for a while. Concurrent callers share the request for it.
     *
     * @throws CustomersUnavailableException if the issuer gives none in time
     */
    String value(LookUpTime time) {
        var known = valid();
        return known == null ? fetchOnce(time) : known;
    }

    /** Drops a token that was refused, so that the next call asks for another. */
    void refused(String value) {
        var known = current;
        if (known != null && known.value().equals(value)) {
            current = null;
        }
    }

    private @Nullable String valid() {
        var known = current;
        return known != null && clock.instant().isBefore(known.end()) ? known.value() : null;
    }

    private String fetchOnce(LookUpTime time) {
        acquire(time);
        try {
            var known = valid();
            return known == null ? fetch(time) : known;
        } finally {
            fetching.unlock();
        }
    }

    private void acquire(LookUpTime time) {
        try {
            if (!fetching.tryLock(time.leftFor(ISSUER), TimeUnit.NANOSECONDS)) {
                throw new CustomersUnavailableException(ISSUER + " answers too slowly", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CustomersUnavailableException("interrupted while waiting for a token", e);
        }
    }

    private String fetch(LookUpTime time) {
        var answer = exchange.send(request(), ISSUER, time);
        var value = answer.text(200, "access_token");
        var body = answer.body();
        if (body == null || value == null) {
            throw new CustomersUnavailableException(
                    "the issuer answered " + answer.status() + " to a request for a token", null);
        }
        var validity = Duration.ofSeconds(body.path("expires_in").asLong(0));
        current = new Token(value, clock.instant().plus(validity).minus(MARGIN));
        return value;
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create(properties.tokenUri()))
                .header("Authorization", "Basic " + credentials())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(REQUEST))
                .build();
    }

    /** Returns the credentials, each encoded as in a form (RFC 6749, 2.3.1). */
    private String credentials() {
        var pair = encoded(properties.clientId()) + ":" + encoded(properties.clientSecret());
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
