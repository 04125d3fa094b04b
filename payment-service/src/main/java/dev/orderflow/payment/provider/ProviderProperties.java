package dev.orderflow.payment.provider;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Address of the provider, and how long it may take.
 *
 * @param url            base address, without a path
 * @param connectTimeout for the connection
 * @param readTimeout    for the whole answer, from the moment the request is on its way
 */
@Validated
@ConfigurationProperties("payment.provider")
record ProviderProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8090") URI url,

        @NotNull @DurationMin(millis = 1) @DefaultValue("2s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DefaultValue("5s")
        Duration readTimeout) {}
