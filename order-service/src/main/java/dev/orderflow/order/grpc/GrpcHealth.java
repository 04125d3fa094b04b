package dev.orderflow.order.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;

/** Tells gRPC's health service whether this instance is ready, like {@code /actuator/health/readiness}. */
final class GrpcHealth {

    private final HealthStatusManager health;
    private final List<String> services;

    GrpcHealth(HealthStatusManager health, List<BindableService> services) {
        this.health = health;
        this.services = services.stream()
                .map(service -> service.bindService().getServiceDescriptor().getName())
                .toList();
        set(ServingStatus.NOT_SERVING);
    }

    @EventListener
    void readinessChanged(AvailabilityChangeEvent<ReadinessState> change) {
        set(change.getState() == ReadinessState.ACCEPTING_TRAFFIC ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }

    private void set(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        services.forEach(service -> health.setStatus(service, status));
    }
}
