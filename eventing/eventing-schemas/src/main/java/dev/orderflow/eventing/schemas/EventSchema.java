package dev.orderflow.eventing.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.eventing.schemas.check.SchemaCheck;
import dev.orderflow.eventing.wire.EventJson;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema of one event type. Valid data passes {@link SchemaCheck}, which costs about as much as reading each byte once. Only
 * data that does not pass is parsed and validated completely, which also finds the violation. The complete validator is created
 * once, when it is first needed: its classes would delay the start of an application that may never need them. Thread-safe.
 */
final class EventSchema {

    private static final JsonMapper JSON =
            JsonMapper.builder(EventJson.boundedFactory()).build();

    private static final SchemaRegistry VALIDATORS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .formatAssertionsEnabled(true)
                    .failFast(true)
                    .build()));

    private final JsonNode schema;
    private final SchemaCheck check;
    private volatile @Nullable Schema validator;

    EventSchema(JsonNode schema) {
        this.schema = schema;
        this.check = SchemaCheck.of(schema);
    }

    /** Returns the first violation; null if the data is valid. */
    @Nullable
    Violation violation(byte[] data) {
        return check.isValid(data) ? null : completely(data);
    }

    /** Validates data without {@link SchemaCheck}. */
    @Nullable
    Violation completely(byte[] data) {
        JsonNode document;
        try {
            document = JSON.readTree(data);
        } catch (JacksonException e) {
            return new Violation("", "is not JSON, or exceeds a bound", e);
        }
        return validator().validate(document).stream()
                .min(Comparator.comparing(EventSchema::pointer))
                .map(error -> new Violation(pointer(error), error.getMessage(), null))
                .orElse(null);
    }

    private Schema validator() {
        var created = validator;
        if (created == null) {
            created = VALIDATORS.getSchema(schema);
            created.initializeValidators();
            validator = created;
        }
        return created;
    }

    /** Returns the pointer of the offending value; of a missing property, where it should be. */
    private static String pointer(Error error) {
        var location = error.getInstanceLocation().toString();
        return "required".equals(error.getKeyword()) && error.getProperty() != null
                ? location + "/" + escaped(error.getProperty())
                : location;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
