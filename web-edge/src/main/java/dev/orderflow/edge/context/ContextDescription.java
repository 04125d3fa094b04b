package dev.orderflow.edge.context;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;

/** Describes the context's headers in an API's OpenAPI document: once as components, to which all operations refer. */
final class ContextDescription {

    private static final String REQUEST_ID = ContextHeader.REQUEST_ID.header();
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";

    private ContextDescription() {}

    static void describe(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        describe(api.getComponents());
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(ContextDescription::refer);
    }

    private static void describe(Components components) {
        for (var header : ContextHeader.values()) {
            var schema = new StringSchema();
            schema.setPattern("^(" + header.pattern() + ")$");
            add(components, header.header(), header.description(), schema);
        }
        add(components, TRACEPARENT, "W3C trace context. A malformed one begins a new trace.", new StringSchema());
        add(components, TRACESTATE, "W3C trace state. A malformed one is dropped.", new StringSchema());
        components.addHeaders(
                REQUEST_ID,
                new Header()
                        .description(
                                "The request's id. The answer also repeats the other headers of the context that were given.")
                        .schema(new StringSchema()));
        components.addHeaders(
                TRACEPARENT,
                new Header()
                        .description("The trace that the request continues or begins.")
                        .schema(new StringSchema()));
    }

    private static void add(Components components, String name, String description, StringSchema schema) {
        components.addParameters(
                name,
                new HeaderParameter()
                        .name(name)
                        .description(description)
                        .required(false)
                        .schema(schema));
    }

    private static void refer(Operation operation) {
        for (var header : ContextHeader.values()) {
            refer(operation, header.header());
        }
        refer(operation, TRACEPARENT);
        refer(operation, TRACESTATE);
        operation
                .getResponses()
                .values()
                .forEach(response -> response.addHeaderObject(REQUEST_ID, reference(REQUEST_ID))
                        .addHeaderObject(TRACEPARENT, reference(TRACEPARENT)));
    }

    private static void refer(Operation operation, String name) {
        operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + name));
    }

    private static Header reference(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }
}
