package dev.orderflow.eventing.routes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Routes of events from topic to topic.
 *
 * @param routes    at most 100, evaluated in this order
 * @param newTopics topics of routes that may be missing at the start, because the first event creates them; any other missing
 *                  topic is a mistake
 */
@Validated
@ConfigurationProperties("eventing")
record RoutesProperties(
        @DefaultValue @Size(max = 100) List<@Valid Definition> routes,
        @DefaultValue Set<String> newTopics) {

    /** Names that Kafka allows. */
    private static final String TOPIC = "[A-Za-z0-9._-]{1,249}";

    /** Names that consumers accept as an event's type. */
    private static final String TYPE = "[A-Za-z0-9._-]{1,200}";

    /**
     * A route.
     *
     * @param name names the route in logs, metrics and the operators' API
     * @param from the routed events
     * @param when condition on data and attributes, such as {@code quantity < 0}; unset: all events
     * @param to   topic on which the events are published
     * @param type type under which they are published; unset: that of the routed events
     * @param key  property of data or attribute that becomes the published event's key, such as {@code data.sku}; unset: the key
     *             of the routed event
     */
    record Definition(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,50}") String name,
            @NotNull @Valid From from,
            @Nullable String when,
            @NotNull @Pattern(regexp = TOPIC) String to,
            @Nullable @Pattern(regexp = TYPE) String type,
            @Nullable String key) {

        String publishedType() {
            return type == null ? from.type() : type;
        }
    }

    /**
     * @param owner the only source that may publish on the topic; unset: any, unless this application's events say otherwise
     */
    record From(
            @NotNull @Pattern(regexp = TOPIC) String topic,
            @NotNull @Pattern(regexp = TYPE) String type,
            @Nullable String owner) {}
}
