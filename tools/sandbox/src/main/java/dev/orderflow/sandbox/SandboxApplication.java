package dev.orderflow.sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Main class of the sandbox. */
@SpringBootApplication
@ConfigurationPropertiesScan
class SandboxApplication {

    static void main(String[] args) {
        SpringApplication.run(SandboxApplication.class, args);
    }
}
