package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Selected dead letters, by their ids or by a filter. */
final class Selection {

    @Parameters(paramLabel = "ID", description = "Ids of dead letters or of their events.", arity = "0..*")
    private List<UUID> ids = List.of();

    @Mixin
    private Filter filter = new Filter();

    @Option(names = "--cause", description = "Only those with this cause, as shown by the summary.")
    private @Nullable String cause;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            converter = Past.class,
            description = "Only those that died before this time: 2026-11-21T10:00:00Z, or 10m for ten minutes ago.")
    private @Nullable Instant before;

    @Option(names = "--dry-run", description = "Only print what would happen.")
    private boolean dryRun;

    List<String> ids() {
        return ids.stream().map(UUID::toString).distinct().toList();
    }

    boolean hasFilter() {
        return !filter().isEmpty();
    }

    boolean isDryRun() {
        return dryRun;
    }

    Map<String, Object> byIds(List<String> letters) {
        return body("ids", letters);
    }

    Map<String, Object> byFilter() {
        return body("filter", filter());
    }

    Map<String, Object> all() {
        return body("all", true);
    }

    private Map<String, Object> filter() {
        var given = filter.given();
        Filter.put(given, "rootCause", cause);
        return given;
    }

    private Map<String, Object> body(String name, Object value) {
        var body = new LinkedHashMap<String, Object>();
        body.put(name, value);
        Filter.put(body, "before", before == null ? null : before.toString());
        return body;
    }
}
