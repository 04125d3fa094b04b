package dev.orderflow.edge.security;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a service that requires access tokens.
 *
 * @param enabled         whether requests need access tokens. Otherwise everybody may do everything, and the other
 *                        settings have no effect
 * @param hosts           further names by which clients and probes call this service, such as {@code orders.example.com},
 *                        or {@code *.example.com} for all below a domain. Its own name, localhost and loopback addresses
 *                        are always accepted
 * @param anyAddress      whether each IP address is accepted as the host of a request, as probes of Kubernetes need it
 * @param openMetrics     whether {@code /actuator/prometheus} is served without a token
 * @param clockSkew       tolerated difference between the clocks of issuer and service
 * @param longestValidity longest remaining validity of a token that is accepted
 * @param issuerTimeout   longest time to connect to the issuer, and longest time between two packets of its answer
 * @param keyAge          age of the key set after which it is fetched again, while requests are verified with the old one
 * @param verifiedTokens  verified tokens that are remembered for up to a minute, to spare the verification of their
 *                        signature; 0 for none
 * @param platformTenant  tenant of the platform's staff and services, whose scopes span tenants: the management port,
 *                        catalog and stock, addresses of all customers
 */
@Validated
@ConfigurationProperties("edge.security")
record SecurityProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<String> hosts,
        @DefaultValue("false") boolean anyAddress,
        @DefaultValue("false") boolean openMetrics,

        @DefaultValue("30s") @NotNull @DurationMin @DurationMax(minutes = 5)
        Duration clockSkew,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1)
        Duration longestValidity,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10)
        Duration issuerTimeout,

        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1)
        Duration keyAge,

        @DefaultValue("500") @Min(0) @Max(10_000) int verifiedTokens,
        @DefaultValue("platform") @NotBlank String platformTenant) {}
