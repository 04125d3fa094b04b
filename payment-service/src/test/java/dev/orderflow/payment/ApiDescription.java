package dev.orderflow.payment;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The parts of the API's description that its types do not show. */
@TestConfiguration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenAPI paymentApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Orderflow: payments")
                        .version("v1")
                        .description("What became of the payment of an order."));
    }

    @Bean
    OpenApiCustomizer amountsAreText() {
        return api -> api.getComponents()
                .getSchemas()
                .get("Money")
                .addProperty(
                        "amount",
                        new StringSchema().description("Decimal number with the currency's decimals, as a string."));
    }
}
