package dev.orderflow.loyalty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts loyalty-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
class LoyaltyServiceApplication {

    static void main(String[] args) {
        SpringApplication.run(LoyaltyServiceApplication.class, args);
    }
}
