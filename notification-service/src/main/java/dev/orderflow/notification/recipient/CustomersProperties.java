package dev.orderflow.notification.recipient;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Address of order-service, which knows the customers, and the credentials for it.
 *
 * @param url            base address of order-service, without a path
 * @param tokenUri       the issuer's endpoint for access tokens by client credentials; needed with
 *                       {@code edge.security.enabled}
 * @param clientId       name of this service at the issuer
 * @param clientSecret   secret of this service at the issuer; needed with {@code edge.security.enabled}
 * @param connectTimeout longest time to connect
 * @param readTimeout    longest time of a look-up, from its first request to the end of its last answer: of one for a
 *                       token, if none is valid, and one for the address. Part of the time of the guard {@code smtp}
 * @param cacheTime      how long an address is remembered, even after its customer was erased, if another instance has
 *                       consumed that event
 * @param cacheSize      number of addresses that are remembered; 0 for none
 */
@Validated
@ConfigurationProperties("notification.customers")
record CustomersProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8081") URI url,
        @NotNull @DefaultValue("") String tokenUri,
        @NotNull @DefaultValue("notification") String clientId,
        @NotNull @DefaultValue("") String clientSecret,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 10) @DefaultValue("2s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 5) @DefaultValue("5s")
        Duration readTimeout,

        @NotNull @DurationMin @DurationMax(seconds = 60) @DefaultValue("60s")
        Duration cacheTime,

        @Min(0) @Max(100_000) @DefaultValue("10000") int cacheSize) {

    @AssertTrue(
            message = "must be true: notification.customers.url must be an address such as http://order-service:8081")
    boolean isUrlOfServer() {
        return url.getScheme() != null && url.getHost() != null;
    }

    /** Leaves out the secret, so that no log can show it. */
    @Override
    public String toString() {
        return "CustomersProperties[url=" + url + ", tokenUri=" + tokenUri + ", clientId=" + clientId + "]";
    }
}
