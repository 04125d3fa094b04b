package dev.orderflow.order.grpc;

import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.eventing.tracing.RequestSpans;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import io.grpc.BindableService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.ObservationRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Assembles the gRPC server from all services of the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrpcProperties.class)
@ConditionalOnProperty(name = "orders.grpc.enabled", matchIfMissing = true)
class GrpcConfiguration {

    @Bean
    GrpcConnections grpcConnections(GrpcProperties properties, MeterRegistry meters) {
        var connections = new GrpcConnections(
                properties.connections().max(),
                properties.connections().perClient(),
                properties.calls().held().toBytes());
        Gauge.builder("orders.grpc.connections.open", connections, GrpcConnections::size)
                .register(meters);
        Gauge.builder("orders.grpc.answers.held", connections, GrpcConnections::held)
                .baseUnit("bytes")
                .register(meters);
        return connections;
    }

    @Bean
    OpenCalls openGrpcCalls(GrpcProperties properties, GrpcConnections connections, MeterRegistry meters) {
        var calls = new OpenCalls(
                properties.calls(),
                connections,
                OrderServiceGrpc.SERVICE_NAME,
                meters.counter("orders.requests.refused", "limit", "grpc")::increment);
        Gauge.builder("orders.grpc.calls.open", calls, OpenCalls::open).register(meters);
        return calls;
    }

    @Bean
    HealthStatusManager grpcHealthStatus() {
        return new HealthStatusManager();
    }

    @Bean
    GrpcHealth grpcHealth(
            HealthStatusManager health, List<BindableService> services, ApplicationAvailability availability) {
        return new GrpcHealth(health, services, availability);
    }

    @Bean
    GrpcServer grpcServer(
            GrpcProperties properties,
            ServerProperties web,
            List<BindableService> services,
            HealthStatusManager health,
            GrpcHealth readiness,
            GrpcConnections connections,
            OpenCalls calls,
            CallThreads threads,
            ObservationRegistry observations,
            RequestSpans spans,
            AccessControl access,
            Clock clock) {
        var all = new ArrayList<>(services);
        all.add(health.getHealthService());
        all.add(ProtoReflectionServiceV1.newInstance());
        return new GrpcServer(
                properties,
                new InetSocketAddress(web.getAddress(), properties.port()),
                all,
                List.of(
                        new ContextInterceptor(clock),
                        new ObservationGrpcServerInterceptor(observations),
                        new TraceInterceptor(spans),
                        calls,
                        new FailureInterceptor(),
                        new AccessInterceptor(access)),
                connections,
                readiness,
                threads.executor());
    }
}
