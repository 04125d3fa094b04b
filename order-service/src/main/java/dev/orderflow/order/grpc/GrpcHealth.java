package dev.orderflow.order.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;

/**
 * Tells gRPC's health service whether this instance is ready, like {@code /actuator/health/readiness}. An instance whose
 * server stops is not, whatever else it is. Thread-safe.
 */
final class GrpcHealth {

    private final HealthStatusManager health;
    private final List<String> services;
    private final ApplicationAvailability availability;
    private boolean started;

    GrpcHealth(HealthStatusManager health, List<BindableService> services, ApplicationAvailability availability) {
        this.health = health;
        this.availability = availability;
        this.services = services.stream()
                .map(service -> service.bindService().getServiceDescriptor().getName())
                .toList();
        set(ServingStatus.NOT_SERVING);
    }

    /** Tells the current readiness, and its changes, until the server stops. */
    synchronized void serverStarts() {
        started = true;
        tell(availability.getReadinessState());
    }

    synchronized void serverStops() {
        started = false;
        set(ServingStatus.NOT_SERVING);
    }

    @EventListener
    synchronized void readinessChanged(AvailabilityChangeEvent<ReadinessState> change) {
        if (started) {
            tell(change.getState());
        }
    }

    private void tell(ReadinessState state) {
        set(state == ReadinessState.ACCEPTING_TRAFFIC ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }

    private void set(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        services.forEach(service -> health.setStatus(service, status));
    }
}
