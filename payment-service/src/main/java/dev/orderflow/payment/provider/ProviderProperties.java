package dev.orderflow.payment.provider;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Address and timeouts of the provider, and the credentials for it.
 *
 * @param url            base address, without a path
 * @param apiKey         sent as bearer token with each request; empty if the provider requires none
 * @param sslBundle      bundle of {@code spring.ssl.bundle} whose certificates are trusted; empty for those that Java trusts
 * @param connectTimeout longest time to connect
 * @param readTimeout    longest time from sending the request to the end of the response
 */
@Validated
@ConfigurationProperties("payment.provider")
record ProviderProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8090") URI url,

        @NotNull @DefaultValue("") String apiKey,

        @NotNull @DefaultValue("") String sslBundle,

        @NotNull @DurationMin(millis = 1) @DefaultValue("2s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DefaultValue("5s")
        Duration readTimeout) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{0,1000}");

    /** Checks the key without being its constraint: a report of a violation shows the value. */
    @AssertTrue(message = "must be true: payment.provider.api-key must be a bearer token, without blanks and line ends")
    boolean isApiKeyBearerToken() {
        return TOKEN.matcher(apiKey).matches();
    }

    /** Returns the longest time to wait for a response that is of use only within {@code limit}. */
    Duration readTimeoutWithin(Optional<Duration> limit) {
        return limit.filter(it -> it.compareTo(readTimeout) < 0).orElse(readTimeout);
    }

    /** Leaves out the key, so that no log can show it. */
    @Override
    public String toString() {
        return "ProviderProperties[url=" + url + "]";
    }
}
