package dev.orderflow.shipping.carrier;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Address and timeouts of the carrier, and the credentials for it.
 *
 * @param url            base address, without a path
 * @param apiKey         sent as bearer token with each request; empty if the carrier requires none
 * @param sslBundle      bundle of {@code spring.ssl.bundle} whose certificates are trusted; empty for those that Java trusts
 * @param connectTimeout longest time to connect
 * @param readTimeout    longest time from sending the request to the end of the response
 */
@Validated
@ConfigurationProperties("shipping.carrier")
public record CarrierProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8090") URI url,

        @NotNull @DefaultValue("") String apiKey,

        @NotNull @DefaultValue("") String sslBundle,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 10) @DefaultValue("2s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 20) @DefaultValue("5s")
        Duration readTimeout) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{0,1000}");

    /** Checks the key without being its constraint: a report of a violation shows the value. */
    @AssertTrue(message = "must be true: shipping.carrier.api-key must be a bearer token, without blanks and line ends")
    boolean isApiKeyBearerToken() {
        return TOKEN.matcher(apiKey).matches();
    }

    /** Returns the longest time that a call takes. */
    public Duration longestCall() {
        return connectTimeout.plus(readTimeout);
    }

    /** Leaves out the key, so that no log can show it. */
    @Override
    public String toString() {
        return "CarrierProperties[url=" + url + "]";
    }
}
