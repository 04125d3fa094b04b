package dev.orderflow.demo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesAddressesTests {

    @TempDir
    Path folder;

    @Test
    void theyAreThePortsThatForwardingUses() throws Exception {
        var addresses = addresses("exit 1");

        assertThat(addresses.uri(Part.ORDER)).hasToString("http://127.0.0.1:18081");
        assertThat(addresses.managementUri(Part.ORDER)).hasToString("http://127.0.0.1:19081");
        assertThat(addresses.uri(Part.SANDBOX)).hasToString("http://127.0.0.1:8090");
        assertThat(addresses.jdbcUrl(Part.ORDER)).isEqualTo("jdbc:postgresql://127.0.0.1:15432/order_service");
    }

    @Test
    void theBrokerHasItsAdvertisedAddress() throws Exception {
        assertThat(addresses("exit 1").bootstrapServers()).isEqualTo("127.0.0.1:19092");
    }

    @Test
    void theBrokerIsReachedAsTheUserThatOnlyReads() throws Exception {
        var broker = addresses("echo '{\"data\":{\"kafka-tools\":\"" + base64("se$cret") + "\",\"ca.crt\":\""
                        + base64("issuer") + "\"}}'")
                .broker();

        assertThat(broker)
                .containsEntry("bootstrap.servers", "127.0.0.1:19092")
                .containsEntry("ssl.truststore.certificates", "issuer")
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        login -> assertThat(login)
                                .contains("username=\"kafka-tools\"")
                                .contains("password=\"se$cret\""));
    }

    @Test
    void aPasswordIsThatOfTheSecretWithTheNameOfTheUser() throws Exception {
        var addresses = addresses("echo \"$*\" > \"$(dirname \"$0\")/call\"; echo '"
                + String.format(
                        Locale.ROOT,
                        """
                {"items":[
                  {"data":{"username":"%s","password":"%s"}},
                  {"data":{"username":"%s","password":"%s"}}]}
                """,
                        base64("postgres"),
                        base64("root"),
                        base64("order_service"),
                        base64("se$cret"))
                + "'");

        assertThat(addresses.password(Part.ORDER)).isEqualTo("se$cret");
        assertThat(folder.resolve("call"))
                .hasContent(
                        "--namespace orderflow get secrets --field-selector type=kubernetes.io/basic-auth --output json\n");
        assertThatThrownBy(() -> addresses.password(Part.PAYMENT))
                .isInstanceOf(DemoException.class)
                .hasMessage("The cluster has no Secret with the password of payment_service.");
    }

    @Test
    void aClusterThatDoesNotAnswerIsReported() throws Exception {
        var addresses = addresses("exit 1");

        assertThatThrownBy(() -> addresses.password(Part.ORDER))
                .isInstanceOf(DemoException.class)
                .hasMessageEndingWith("--output json failed.");
    }

    /**
     * Returns the addresses of a cluster.
     *
     * @param script replaces {@code kubectl}
     */
    private KubernetesAddresses addresses(String script) throws IOException {
        var program = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new KubernetesAddresses(
                Ports.fromEnvironment(Map.of("ORDER_PORT", "18081")), new Kubectl(program.toString()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
