package dev.orderflow.order.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The parts of the OpenAPI description that all resources share: money, and problem details. */
@TestConfiguration(proxyBeanMethods = false)
public class ApiDescription {

    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI orderApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Orderflow: orders")
                        .version("v1")
                        .description("Orders and the catalog. Every failure is answered with a problem detail"
                                + " (RFC 9457) whose `code` is stable."));
    }

    /** Runs after the resources were read, so that it can replace the schemas that they refer to. */
    @Bean
    OpenApiCustomizer moneyAndProblems() {
        return api -> {
            api.getComponents().addSchemas("Money", money()).addSchemas(PROBLEM, problem());
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(ApiDescription::describeFailures);
        };
    }

    private static void describeFailures(Operation operation) {
        var responses = operation.getResponses();
        responses.addApiResponse("400", new ApiResponse().description("`validation_failed` and other malformed input"));
        responses.addApiResponse(
                "429", new ApiResponse().description("`overloaded`: try again after the time in `Retry-After`"));
        responses.addApiResponse(
                "503",
                new ApiResponse()
                        .description("`temporarily_unavailable`: try again later;"
                                + " `deadline_passed`: the time for the request was over before its turn"));
        responses.forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(problemContent());
            }
        });
        responses.addApiResponse(
                "default", new ApiResponse().description("Any other failure").content(problemContent()));
    }

    private static Content problemContent() {
        var schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
        return new Content().addMediaType("application/problem+json", new MediaType().schema(schema));
    }

    private static Schema<?> money() {
        var money = new ObjectSchema();
        money.setDescription("An amount of one currency.");
        money.addProperty(
                "amount",
                new StringSchema()
                        .description("Decimal number with the currency's decimals, as a string because JSON numbers"
                                + " may be read as binary fractions.")
                        .example("15.30"));
        money.addProperty(
                "currency", new StringSchema().description("ISO 4217 code.").example("GBP"));
        money.setRequired(List.of("amount", "currency"));
        return money;
    }

    private static Schema<?> problem() {
        var problem = new ObjectSchema();
        problem.setDescription("RFC 9457 problem details.");
        problem.addProperty("type", new StringSchema().format("uri"));
        problem.addProperty("title", new StringSchema());
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("detail", new StringSchema().description("For people."));
        problem.addProperty("instance", new StringSchema().format("uri"));
        problem.addProperty(
                "code", new StringSchema().description("For programs; stable.").example("unknown_sku"));
        problem.addProperty("errors", new ArraySchema().items(violation()).description("The fields at fault."));
        problem.setRequired(List.of("title", "status", "code"));
        return problem;
    }

    private static Schema<?> violation() {
        var violation = new ObjectSchema();
        violation.addProperty("field", new StringSchema().example("lines[0].sku"));
        violation.addProperty("message", new StringSchema().example("is not in the catalog"));
        return violation;
    }
}
