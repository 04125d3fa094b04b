package dev.orderflow.demo.client.deadletters;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that filter dead letters. */
final class Filter {

    @Option(names = "--type", description = "Only events of this type, such as dev.orderflow.order.paid.v1.")
    private @Nullable String type;

    @Option(names = "--handler", description = "Only those of this handler, Class.method.")
    private @Nullable String handler;

    @Option(names = "--exception", description = "Only those with this exception.")
    private @Nullable String exception;

    @Option(names = "--topic", description = "Only those published on this topic.")
    private @Nullable String topic;

    @Option(names = "--key", description = "Only those with this key: an order's id.")
    private @Nullable String key;

    @Option(names = "--tenant", description = "Only those of this tenant's events.")
    private @Nullable String tenant;

    /** Returns the given options by the services' parameter names. */
    Map<String, Object> given() {
        var given = new LinkedHashMap<String, Object>();
        put(given, "type", type);
        put(given, "handler", handler);
        put(given, "exception", exception);
        put(given, "topic", topic);
        put(given, "key", key);
        put(given, "tenant", tenant);
        return given;
    }

    static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
