package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

/** Faults injected into a service's handlers. They are kept in the service's memory and gone after it was killed. */
record HandlerFaults(URI uri, JsonCalls json) {

    HandlerFaults {
        uri = uri.resolve("/admin/faults");
    }

    /**
     * Adds a fault.
     *
     * @param fault {@code key} or {@code share} of all keys, {@code handler}, {@code times}, {@code permanent}
     */
    void add(Map<String, Object> fault) {
        var response = json.post(URI.create(uri + "/handlers"), fault, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    void clear() {
        var response = json.delete(uri);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }
}
