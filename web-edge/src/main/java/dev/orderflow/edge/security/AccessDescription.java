package dev.orderflow.edge.security;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.http.HttpMethod;

/** Describes in an API's OpenAPI document which scopes its operations require. */
final class AccessDescription {

    private static final String SCHEME = "accessToken";
    private static final String PROBLEM = "Problem";

    private AccessDescription() {}

    static void describe(OpenAPI api, AccessRules rules) {
        if (rules.operations().isEmpty()) {
            return;
        }
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        api.getComponents()
                .addSecuritySchemes(
                        SCHEME,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("Access token of the configured issuer."));
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> rules.find(HttpMethod.valueOf(method.name()), path)
                                .ifPresent(rule -> describe(api, operation, rule))));
    }

    private static void describe(OpenAPI api, Operation operation, AccessRules.Operation rule) {
        if (rule.anyOf().isEmpty()) {
            operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
        }
        rule.anyOf().stream()
                .sorted()
                .forEach(scope -> operation.addSecurityItem(new SecurityRequirement().addList(SCHEME, scope)));
        operation
                .getResponses()
                .addApiResponse("401", failure(api, "`unauthenticated`"))
                .addApiResponse("403", failure(api, "`insufficient_scope` and the like"));
    }

    /** Refers to the schema of problems, if the service describes it. */
    private static ApiResponse failure(OpenAPI api, String description) {
        var response = new ApiResponse().description(description);
        var schemas = api.getComponents().getSchemas();
        if (schemas != null && schemas.containsKey(PROBLEM)) {
            var schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
            response.setContent(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
        }
        return response;
    }
}
