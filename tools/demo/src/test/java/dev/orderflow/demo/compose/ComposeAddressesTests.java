package dev.orderflow.demo.compose;

import static dev.orderflow.demo.compose.DockerDouble.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeAddressesTests {

    @TempDir
    Path folder;

    ComposeAddresses addresses;

    @BeforeEach
    void begin() {
        addresses = new ComposeAddresses(new DockerDouble(folder).project());
    }

    @Test
    void theyAreThePublishedPorts() {
        assertThat(addresses.uri(Part.ORDER)).hasToString("http://127.0.0.1:4");
        assertThat(addresses.managementUri(Part.ORDER)).hasToString("http://127.0.0.1:5");
        assertThat(addresses.jdbcUrl(Part.ORDER)).isEqualTo("jdbc:postgresql://127.0.0.1:1/order_service");
    }

    @Test
    void allBrokersAreNamed() {
        assertThat(addresses.bootstrapServers()).isEqualTo("127.0.0.1:2,127.0.0.1:3");
    }

    @Test
    void theBrokerIsReachedAsTheUserThatOnlyReads() {
        var docker = new DockerDouble(folder);
        docker.containers(container("kafka", "exited", 137), container("kafka-2", "running", 0));

        assertThat(new ComposeAddresses(docker.project()).broker())
                .containsEntry("bootstrap.servers", "127.0.0.1:2,127.0.0.1:3")
                .containsEntry("security.protocol", "SASL_SSL")
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        login -> assertThat(login)
                                .contains("username=\"kafka-tools\"")
                                .contains("password=\"kafka-2 has /etc/kafka-keys/kafka-tools"))
                .hasEntrySatisfying(
                        "ssl.truststore.certificates",
                        issuer -> assertThat(issuer).startsWith("kafka-2 has /etc/kafka-keys/ca.crt"));
    }

    @Test
    void withoutARunningBrokerThereIsNoLogin() {
        assertThatThrownBy(addresses::broker).hasMessage("No broker is running.");
    }

    @Test
    void aPasswordIsTakenAsTheServiceGetsIt() {
        assertThat(addresses.password(Part.ORDER)).isEqualTo("se$cret");
    }

    @Test
    void servicesThatTrustAnIssuerGetTokensOfTheSandbox() {
        assertThat(addresses.issuer()).isEmpty();

        var docker = new DockerDouble(folder);
        docker.settings("""
                {"services":{
                  "order-service":{"environment":{"SECURITY_ISSUER":"http://localhost:8090"}},
                  "sandbox":{"ports":[{"target":8090,"published":"9"}]}}}
                """);
        assertThat(new ComposeAddresses(docker.project()).issuer()).contains(URI.create("http://127.0.0.1:9"));
    }

    @Test
    void aPortThatIsNotPublishedIsNamed() {
        assertThatThrownBy(() -> addresses.uri(Part.PAYMENT))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("docker-compose.yml does not publish port 8083 of payment-service");
    }
}
