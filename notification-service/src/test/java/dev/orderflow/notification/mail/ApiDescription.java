package dev.orderflow.notification.mail;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The name of the API. */
@TestConfiguration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenAPI mailApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Orderflow: notifications")
                        .version("v1")
                        .description("The e-mails that were sent about an order."));
    }
}
