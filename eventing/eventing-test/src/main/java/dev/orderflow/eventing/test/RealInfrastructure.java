package dev.orderflow.eventing.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Connects a {@code @SpringBootTest} to the {@link TestInfrastructure} of this JVM. Every application context gets an empty
 * database of its own ({@code spring.datasource.*}), which its user owns ({@code spring.flyway.user}), and the shared broker ({@code spring.kafka.bootstrap-servers}).
 * <p>
 * Contexts of the same consumer group share the group's partitions on that broker while they are alive, so one would handle the
 * other's events. Use one context per module, or close it with {@code @DirtiesContext}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ContextConfiguration(initializers = RealInfrastructureInitializer.class)
public @interface RealInfrastructure {}
