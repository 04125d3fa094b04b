package dev.orderflow.events.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import dev.orderflow.events.Bounds;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the JSON Schema (2020-12) of an event from its record. A component is required unless it is
 * {@code @Nullable}; bounds come from {@link Bounds}, from Jakarta's constraints if there are any, and from the type.
 * Unknown fields are allowed: readers are tolerant.
 */
final class SchemaGeneration {

    private static final String ID = "urn:orderflow:schema:";

    /** Keywords at the top of a schema, before those that describe its fields. */
    private static final List<String> FIRST = List.of("$schema", "$id", "title");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private final SchemaGenerator generator =
            new SchemaGenerator(configuration().build());

    /** Returns the text of the file in which the schema of {@code event} is kept. */
    String text(String type, Class<?> event) {
        return JSON.writeValueAsString(schema(type, event)) + "\n";
    }

    ObjectNode schema(String type, Class<?> event) {
        var generated = generator.generateSchema(event);
        generated.put("$id", ID + type);
        generated.put("title", event.getSimpleName());
        var schema = JSON.createObjectNode();
        FIRST.forEach(keyword -> schema.set(keyword, generated.get(keyword)));
        generated.forEachEntry((keyword, value) -> {
            if (!keyword.equals("$defs")) {
                schema.set(keyword, value);
            }
        });
        if (generated.has("$defs")) {
            schema.set("$defs", generated.get("$defs"));
        }
        return schema;
    }

    private static SchemaGeneratorConfigBuilder configuration() {
        var builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.PLAIN_DEFINITION_KEYS);
        var fields = builder.forFields();
        fields.withRequiredCheck(field -> !isNullable(field))
                .withNullableCheck(SchemaGeneration::isNullable)
                .withTargetTypeOverridesResolver(SchemaGeneration::writtenAsText);
        ourBounds(fields);
        builder.with(new JacksonSchemaModule());
        builder.with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        // Asked last: what the type itself can hold.
        fields.withNumberInclusiveMinimumResolver(SchemaGeneration::least)
                .withNumberInclusiveMaximumResolver(SchemaGeneration::most);
        builder.forTypesInGeneral()
                .withPropertySorter(
                        (one, other) -> Integer.compare(position((FieldScope) one), position((FieldScope) other)));
        return builder;
    }

    private static void ourBounds(SchemaGeneratorConfigPart<FieldScope> fields) {
        fields.withStringMinLengthResolver(field -> isText(field) ? size(min(field)) : null)
                .withStringMaxLengthResolver(field -> isText(field) ? size(max(field)) : null)
                .withStringPatternResolver(SchemaGeneration::pattern)
                .withArrayMinItemsResolver(field -> field.isContainerType() ? size(min(field)) : null)
                .withArrayMaxItemsResolver(field -> field.isContainerType() ? size(max(field)) : null)
                .withNumberInclusiveMinimumResolver(field -> isNumber(field) ? decimal(min(field)) : null)
                .withNumberInclusiveMaximumResolver(field -> isNumber(field) ? decimal(max(field)) : null);
    }

    private static boolean isNullable(FieldScope field) {
        return !field.isFakeContainerItemScope()
                && field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** A decimal that Jackson writes as a string. */
    private static @Nullable List<ResolvedType> writtenAsText(FieldScope field) {
        var format = field.getAnnotationConsideringFieldAndGetter(JsonFormat.class);
        return format != null && format.shape() == JsonFormat.Shape.STRING && isNumber(field)
                ? List.of(field.getContext().resolve(String.class))
                : null;
    }

    private static @Nullable Bounds bounds(FieldScope field) {
        return field.isFakeContainerItemScope() ? null : field.getAnnotationConsideringFieldAndGetter(Bounds.class);
    }

    private static @Nullable Long min(FieldScope field) {
        var bounds = bounds(field);
        return bounds == null || bounds.min() == Long.MIN_VALUE ? null : Long.valueOf(bounds.min());
    }

    private static @Nullable Long max(FieldScope field) {
        var bounds = bounds(field);
        return bounds == null || bounds.max() == Long.MAX_VALUE ? null : Long.valueOf(bounds.max());
    }

    private static @Nullable String pattern(FieldScope field) {
        var bounds = bounds(field);
        return bounds == null || bounds.pattern().isEmpty() ? null : "^(" + bounds.pattern() + ")$";
    }

    private static @Nullable Integer size(@Nullable Long bound) {
        return bound == null ? null : Integer.valueOf(Math.toIntExact(bound));
    }

    private static @Nullable BigDecimal decimal(@Nullable Long bound) {
        return bound == null ? null : BigDecimal.valueOf(bound);
    }

    private static @Nullable BigDecimal least(FieldScope field) {
        return switch (field.getType().getErasedType().getName()) {
            case "int", "java.lang.Integer" -> BigDecimal.valueOf(Integer.MIN_VALUE);
            case "long", "java.lang.Long" -> BigDecimal.valueOf(Long.MIN_VALUE);
            default -> null;
        };
    }

    private static @Nullable BigDecimal most(FieldScope field) {
        return switch (field.getType().getErasedType().getName()) {
            case "int", "java.lang.Integer" -> BigDecimal.valueOf(Integer.MAX_VALUE);
            case "long", "java.lang.Long" -> BigDecimal.valueOf(Long.MAX_VALUE);
            default -> null;
        };
    }

    private static boolean isText(FieldScope field) {
        return field.getType().isInstanceOf(CharSequence.class);
    }

    private static boolean isNumber(FieldScope field) {
        return field.getType().isInstanceOf(Number.class)
                || Set.of(int.class, long.class).contains(field.getType().getErasedType());
    }

    /** Fields stand in the order of the record's components, which reflection guarantees only for components. */
    private static int position(FieldScope field) {
        return Arrays.stream(field.getDeclaringType().getErasedType().getRecordComponents())
                .map(RecordComponent::getName)
                .toList()
                .indexOf(field.getDeclaredName());
    }
}
