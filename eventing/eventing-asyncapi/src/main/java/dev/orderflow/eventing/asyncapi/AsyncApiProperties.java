package dev.orderflow.eventing.asyncapi;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the AsyncAPI document.
 *
 * @param packages packages that are searched, with their subpackages, for the events that this application publishes; none:
 *                 the application's own packages
 */
@ConfigurationProperties("eventing.asyncapi")
record AsyncApiProperties(@DefaultValue List<String> packages) {

    static final String PACKAGES = "eventing.asyncapi.packages";
}
