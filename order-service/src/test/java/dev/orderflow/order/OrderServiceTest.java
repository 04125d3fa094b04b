package dev.orderflow.order;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.order.web.ApiDescription;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * The whole service on a real PostgreSQL and Kafka, one for all tests, reached over HTTP by {@link OrderClient} and over
 * gRPC by {@link OrderCalls}.
 * <p>
 * No other service answers its orders, so more of them are in flight than after an ordinary start.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RealInfrastructure
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "orders.grpc.port=0",
            "orders.admission.least=1000",
            "spring.jpa.hibernate.ddl-auto=validate",
            "spring.jpa.properties.hibernate.generate_statistics=true",
            CommittedApi.RENDERED_APART,
            // Each operation documents its own failures; those of the advice do not apply to all operations.
            "springdoc.override-with-generic-response=false"
        })
@Import({OrderClient.class, OrderCalls.class, AnswersFromOthers.class, ApiDescription.class})
public @interface OrderServiceTest {}
