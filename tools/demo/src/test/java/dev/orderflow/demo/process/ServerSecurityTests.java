package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSecurityTests {

    @Test
    void eachServiceReadsItsPasswordsOfSecuredServersFromFiles(@TempDir Path home) {
        var topology = Topology.onFreePorts(home);
        assertThat(topology.environmentOf(Part.ORDER)).doesNotContainKey("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
        assertThat(topology.broker()).containsOnlyKeys("bootstrap.servers");

        topology.secureServers();

        for (var service : Part.services()) {
            assertThat(topology.environmentOf(service).get("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG"))
                    .contains("username=\"" + service.module().orElseThrow() + "\"")
                    .contains("passwordFile=");
            assertThat(topology.environmentOf(service))
                    .containsEntry("SPRING_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_SSL");
            assertThat(topology.environmentOf(service))
                    .containsEntry("SPRING_DATASOURCE_PASSWORD", "")
                    .doesNotContainValue(topology.password(service))
                    .hasEntrySatisfying(
                            "PGPASSFILE",
                            file -> assertThat(Path.of(file)).hasContent("*:*:*:*:" + topology.password(service)));
            assertThat(topology.jdbcUrl(service)).contains("?sslmode=verify-full&sslrootcert=");
        }
        assertThat(topology.broker()).containsKeys("bootstrap.servers", "sasl.jaas.config");
        assertThat(topology.folders())
                .contains(
                        topology.home().resolve("kafka-users"), topology.home().resolve("postgres-users"));
    }

    @Test
    void aBrokerWithDataGetsNoUsers(@TempDir Path home) throws IOException {
        var topology = Topology.onFreePorts(home);
        Files.createDirectories(topology.data(Part.KAFKA));

        assertThatThrownBy(topology::secureServers).hasMessageContaining("--secure needs a new broker");
        assertThat(topology.brokerSecurity()).isEmpty();
        assertThat(topology.databaseSecurity()).isEmpty();
    }

    @Test
    void aDatabaseWithDataGetsNoUsers(@TempDir Path home) throws IOException {
        var topology = Topology.onFreePorts(home);
        Files.createDirectories(topology.data(Part.POSTGRES));

        assertThatThrownBy(topology::secureServers).hasMessageContaining("--secure needs a new database");
        assertThat(topology.databaseSecurity()).isEmpty();
    }
}
