package dev.orderflow.edge.schema;

import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the JSON Schemas of events by their type. */
@RestController
class SchemaController {

    /** A schema changes only with a deployment, and compatibly. */
    private static final CacheControl CACHED =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final EventSchemas schemas;

    SchemaController(EventSchemas schemas) {
        this.schemas = schemas;
    }

    @GetMapping(
            path = "/schemas/{type}",
            produces = {"application/schema+json", MediaType.APPLICATION_JSON_VALUE})
    @TakesTurn(TakesTurn.ITSELF)
    ResponseEntity<byte[]> schemaOfEvent(@PathVariable String type) {
        var schema = schemas.find(type);
        if (schema == null) {
            throw Refusal.notFound(
                    "unknown_event_type",
                    "There is no schema of this event type; one is named like dev.orderflow.order.placed.v1.");
        }
        return ResponseEntity.ok()
                .cacheControl(CACHED)
                .varyBy("Accept")
                .eTag(schema.tag())
                .body(schema.content());
    }
}
