package dev.orderflow.inventory;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The inventory service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Orderflow inventory",
                        version = "1",
                        description = "Stock that is available, reserved for orders, and sold"))
class InventoryApplication {

    static void main(String[] args) {
        SpringApplication.run(InventoryApplication.class, args);
    }
}
