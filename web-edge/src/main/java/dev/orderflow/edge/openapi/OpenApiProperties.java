package dev.orderflow.edge.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The description of a service's API.
 *
 * @param enabled whether the OpenAPI document and its page are served
 */
@ConfigurationProperties("edge.openapi")
record OpenApiProperties(@DefaultValue("true") boolean enabled) {}
