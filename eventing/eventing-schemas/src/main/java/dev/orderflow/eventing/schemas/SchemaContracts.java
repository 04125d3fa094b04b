package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.wire.EventContracts;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Contracts made of JSON Schemas, upcasters and published versions. Thread-safe. */
final class SchemaContracts implements EventContracts {

    private final EventSchemas schemas;
    private final UpcasterChain upcasters;
    private final Map<Class<?>, PublishedVersions<?>> published;
    private final TypeCircuits circuits;
    private final SchemaMetrics metrics;
    private final SchemasProperties properties;
    private final JsonMapper json = JsonMapper.builder(EventJson.boundedFactory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    SchemaContracts(
            EventSchemas schemas,
            UpcasterChain upcasters,
            Collection<PublishedVersions<?>> published,
            TypeCircuits circuits,
            SchemaMetrics metrics,
            SchemasProperties properties) {
        this.schemas = schemas;
        this.upcasters = upcasters;
        this.published = published.stream()
                .collect(Collectors.toUnmodifiableMap(PublishedVersions::event, versions -> versions));
        this.circuits = circuits;
        this.metrics = metrics;
        this.properties = properties;
    }

    @Override
    public List<? extends DomainEvent> versionsOf(DomainEvent event) {
        var versions = published.get(event.getClass());
        return versions == null ? List.of(event) : versions.of(event);
    }

    @Override
    public void check(String type, byte[] data) {
        var schema = properties.validatePublished() ? schemas.find(type) : null;
        var violation = schema == null ? null : schema.violation(data);
        if (violation != null) {
            metrics.violatedByPublisher(type);
            throw new IllegalArgumentException(violation.of(type), violation.cause());
        }
    }

    @Override
    public Map<String, String> upcasts() {
        return upcasters.links();
    }

    @Override
    public byte[] read(String type, byte[] data, String handled) {
        var schema = schemas.find(type);
        if (schema != null && properties.validateConsumed()) {
            checkConsumed(type, data, schema);
        }
        return type.equals(handled) ? data : convert(type, data, handled);
    }

    /**
     * The circuit counts only what its own type's schema says: a defective upcaster is not the publisher's fault. It learns of
     * violations from {@link CommittedViolations}, except of a probe's.
     */
    private void checkConsumed(String type, byte[] data, EventSchema schema) {
        var circuit = circuits.of(type);
        if (!circuit.isParsing()) {
            metrics.unparsed(type);
            throw new UnparsedEventException(type);
        }
        var violation = schema.violation(data);
        if (violation == null) {
            circuit.succeeded();
            return;
        }
        circuit.probeFailed();
        metrics.violatedByConsumed(type);
        throw new SchemaViolationException(violation.of(type), violation.cause());
    }

    private byte[] convert(String type, byte[] data, String handled) {
        var converted = json.writeValueAsBytes(tree(type, data, handled));
        var schema = schemas.find(handled);
        var violation = schema == null ? null : schema.violation(converted);
        if (violation != null) {
            throw cannotConvert(type, handled, violation.of(handled), violation.cause());
        }
        return converted;
    }

    private ObjectNode tree(String type, byte[] data, String handled) {
        try {
            if (json.readTree(data) instanceof ObjectNode object) {
                return upcasters.convert(type, handled, object);
            }
        } catch (JacksonException e) {
            throw new UndecodableEventException("data is not JSON", e);
        } catch (RuntimeException e) {
            throw cannotConvert(type, handled, e.toString(), e);
        }
        throw new UndecodableEventException("data is not a JSON object");
    }

    private static UndecodableEventException cannotConvert(
            String type, String handled, String reason, @Nullable Throwable cause) {
        return new UndecodableEventException(type + " cannot be converted to " + handled + ": " + reason, cause);
    }
}
