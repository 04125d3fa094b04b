package dev.orderflow.edge.security;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.http.HttpMethod;

/** Describes in an API's OpenAPI document which scopes its operations require. */
final class AccessDescription {

    private static final String SCHEME = "accessToken";

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
                                .description("Access token of the configured issuer. A service without a configured"
                                        + " issuer needs none."));
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> rules.find(HttpMethod.valueOf(method.name()), path)
                                .ifPresent(rule -> describe(operation, rule))));
    }

    private static void describe(Operation operation, AccessRules.Operation rule) {
        if (rule.anyOf().isEmpty()) {
            operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
        }
        rule.anyOf().stream()
                .sorted()
                .forEach(scope -> operation.addSecurityItem(new SecurityRequirement().addList(SCHEME, scope)));
        operation
                .getResponses()
                .addApiResponse("401", new ApiResponse().description("`unauthenticated`"))
                .addApiResponse("403", new ApiResponse().description("`insufficient_scope` and the like"));
    }
}
