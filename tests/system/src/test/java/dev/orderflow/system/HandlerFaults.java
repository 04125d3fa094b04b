package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

/** What makes a service's handlers fail on purpose. It is in the service's memory: one that was killed has no faults afterwards. */
record HandlerFaults(URI uri, JsonCalls json) {

    HandlerFaults {
        uri = uri.resolve("/admin/faults");
    }

    /** @param fault {@code key} or {@code share} of all keys, {@code handler}, {@code times}, {@code permanent} */
    void add(Map<String, Object> fault) {
        var response = json.post(URI.create(uri + "/handlers"), fault, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    void clear() {
        var response = json.delete(uri);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }
}
