package dev.orderflow.system;

import java.util.Map;

/**
 * A span that a service has recorded.
 *
 * @param service that recorded it
 * @param parent empty for the first span of a trace
 * @param tags those with text as value
 * @param content all text of it
 */
record RecordedSpan(
        String service, String name, String trace, String id, String parent, Map<String, String> tags, String content) {

    /** Returns service and name, and the outcome of the consumption of an event, in short. */
    String label() {
        var outcome = tags.get("event.outcome");
        var label = service.replace("-service", "") + " "
                + name.replace("dev.orderflow.", "").replace(".v1", "");
        return outcome == null ? label : label + " " + outcome;
    }
}
