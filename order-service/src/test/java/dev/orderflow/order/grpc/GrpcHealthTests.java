package dev.orderflow.order.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

class GrpcHealthTests {

    private final HealthStatusManager statuses = new HealthStatusManager();
    private final ApplicationAvailability availability = mock(ApplicationAvailability.class);
    private final GrpcHealth health = new GrpcHealth(statuses, List.of(), availability);

    @Test
    void aServerThatStartsAgainIsAsReadyAsItsApplication() throws IOException {
        when(availability.getReadinessState()).thenReturn(ReadinessState.ACCEPTING_TRAFFIC);
        health.serverStarts();
        health.serverStops();
        assertThat(status()).isEqualTo(ServingStatus.NOT_SERVING);

        health.serverStarts();

        assertThat(status()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aServerIsAsReadyAsItsApplicationBecomes() throws IOException {
        when(availability.getReadinessState()).thenReturn(ReadinessState.REFUSING_TRAFFIC);
        health.serverStarts();
        assertThat(status()).isEqualTo(ServingStatus.NOT_SERVING);

        health.readinessChanged(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));

        assertThat(status()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aServerThatStopsIsNotReadyWhateverItsApplicationIs() throws IOException {
        when(availability.getReadinessState()).thenReturn(ReadinessState.ACCEPTING_TRAFFIC);
        health.serverStarts();
        health.serverStops();

        health.readinessChanged(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));

        assertThat(status()).isEqualTo(ServingStatus.NOT_SERVING);
    }

    private ServingStatus status() throws IOException {
        var name = InProcessServerBuilder.generateName();
        var server = InProcessServerBuilder.forName(name)
                .addService(statuses.getHealthService())
                .build()
                .start();
        var channel = InProcessChannelBuilder.forName(name).build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }
}
