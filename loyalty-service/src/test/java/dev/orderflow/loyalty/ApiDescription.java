package dev.orderflow.loyalty;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The parts of the API's description that its types do not show. */
@TestConfiguration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenAPI loyaltyApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Orderflow: points")
                        .version("v1")
                        .description("Points that customers earn with orders and redeem."));
    }
}
