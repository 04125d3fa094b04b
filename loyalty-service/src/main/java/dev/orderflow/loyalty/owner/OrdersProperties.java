package dev.orderflow.loyalty.owner;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Address of order-service, which receives the tokens of callers who ask for points.
 *
 * @param url            base address, without a path
 * @param connectTimeout longest time to connect
 * @param readTimeout    longest time from sending the request to the end of the response
 */
@Validated
@ConfigurationProperties("loyalty.orders")
record OrdersProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8081") URI url,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 10) @DefaultValue("1s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 20) @DefaultValue("3s")
        Duration readTimeout) {

    @AssertTrue(message = "must be true: loyalty.orders.url must be an address such as http://order-service:8081")
    boolean isUrlOfServer() {
        return url.getScheme() != null && url.getHost() != null;
    }
}
