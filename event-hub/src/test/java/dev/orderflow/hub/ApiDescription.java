package dev.orderflow.hub;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The parts of the API's description that its types do not show. */
@TestConfiguration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenAPI hubApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Orderflow: events")
                        .version("v1")
                        .description("All events of the suite: find them, follow an order, watch them live."));
    }
}
