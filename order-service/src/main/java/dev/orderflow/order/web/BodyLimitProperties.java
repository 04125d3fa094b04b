package dev.orderflow.order.web;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much a client may send.
 *
 * @param maxBodySize of one request; the default has room for the largest order
 */
@Validated
@ConfigurationProperties("orders.web")
record BodyLimitProperties(@DefaultValue("512KB") @NotNull DataSize maxBodySize) {}
