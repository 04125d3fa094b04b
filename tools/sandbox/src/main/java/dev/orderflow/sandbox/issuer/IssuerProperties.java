package dev.orderflow.sandbox.issuer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.URL;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the issuer of access tokens.
 *
 * @param uri claim {@code iss} of all tokens, and the base of the endpoints in the issuer's metadata
 * @param keys folder of the signing key, which is created when it is missing; see {@link SigningKeys}
 * @param tokenTime how long a token is valid
 */
@Validated
@ConfigurationProperties("sandbox.issuer")
record IssuerProperties(
        @DefaultValue("http://localhost:8090") @NotBlank @URL
        String uri,

        @DefaultValue(".demo/sandbox/keys") @NotNull Path keys,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 15)
        Duration tokenTime) {}
