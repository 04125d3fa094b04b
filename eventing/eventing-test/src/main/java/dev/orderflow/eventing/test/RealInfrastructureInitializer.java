package dev.orderflow.eventing.test;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Sets the properties that {@link RealInfrastructure} promises, before initializers of the test read them. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RealInfrastructureInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var infrastructure = TestInfrastructure.get();
        var database = infrastructure.createDatabase("test");
        TestPropertyValues.of(
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.flyway.user=" + database.username(),
                        "spring.flyway.password=" + database.password(),
                        "spring.kafka.bootstrap-servers=" + infrastructure.bootstrapServers())
                .applyTo(context);
    }
}
