package dev.orderflow.sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;

/** Main class of the sandbox. Its issuer registers the filters of Spring Security, for its own endpoints only. */
@SpringBootApplication(exclude = SecurityFilterAutoConfiguration.class)
@ConfigurationPropertiesScan
class SandboxApplication {

    static void main(String[] args) {
        SpringApplication.run(SandboxApplication.class, args);
    }
}
