package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTests {

    @TempDir
    Path home;

    @Test
    void itIsMadeOnceAndFoundAgain() {
        var folder = home.resolve("users");
        assertThat(KafkaSecurity.find(folder)).isEmpty();

        var made = KafkaSecurity.create(folder, List.of("order-service", "payment-service"));

        assertThat(KafkaSecurity.find(folder)).contains(made);
        assertThat(made.passwords().values())
                .doesNotHaveDuplicates()
                .allSatisfy(password -> assertThat(password).hasSizeGreaterThanOrEqualTo(24));
        assertThat(made.credentials())
                .hasSize(3)
                .anySatisfy(user -> assertThat(user).startsWith("SCRAM-SHA-512=[name=order-service,password="));
    }

    @Test
    void thatOfAnEarlierVersionIsNotTakenForAnOpenBroker() throws IOException {
        var folder = Files.createDirectories(home.resolve("users"));
        Files.writeString(folder.resolve("passwords.properties"), "admin=secret");

        assertThatThrownBy(() -> KafkaSecurity.find(folder))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("./demo down --wipe");
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        var folder = home.resolve("users");
        KafkaSecurity.create(folder, List.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void aUserHasNoOtherPassword() {
        var made = KafkaSecurity.create(home.resolve("users"), List.of("order-service", "payment-service"));

        var client = made.client("order-service").values();

        assertThat(client)
                .anySatisfy(value -> assertThat(value).contains(made.passwords().get("order-service")));
        for (var other : List.of("payment-service", KafkaSecurity.ADMIN)) {
            assertThat(client)
                    .noneSatisfy(
                            value -> assertThat(value).contains(made.passwords().get(other)));
        }
        assertThatThrownBy(() -> made.client("nobody")).hasMessageContaining("nobody");
    }

    @Test
    void aClientMayNameTheFileOfItsPassword() {
        var made = KafkaSecurity.create(home.resolve("users"), List.of("order-service"));

        var client = made.clientByFile("order-service", "some.Handler");

        assertThat(client)
                .containsEntry("sasl.client.callback.handler.class", "some.Handler")
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        login -> assertThat(login)
                                .contains(made.passwordFile("order-service").toString())
                                .doesNotContain(made.passwords().get("order-service")));
        assertThat(made.passwordFile("order-service"))
                .hasContent(made.passwords().get("order-service"));
    }

    @Test
    void anotherCertificateOfTheBrokerHasTheSameIssuer() throws Exception {
        var made = KafkaSecurity.create(home.resolve("users"), List.of());

        var first = certificate(home.resolve("users/broker.pem"));
        var second = certificate(made.issueBrokerKey());

        assertThat(second).isNotEqualTo(first);
        for (var each : List.of(first, second)) {
            each.verify(certificate(made.authority().certificate()).getPublicKey());
            assertThat(each.getSubjectX500Principal().getName()).isEqualTo("CN=broker");
        }
    }

    @Test
    void whatAnInterruptedCreationLeftIsReplaced() throws IOException {
        var unfinished = Files.createDirectories(home.resolve("users.new"));
        Files.writeString(unfinished.resolve("broker.pem"), "half");

        KafkaSecurity.create(home.resolve("users"), List.of());

        assertThat(unfinished).doesNotExist();
        assertThat(home.resolve("users/broker.pem"))
                .content()
                .startsWith("-----BEGIN PRIVATE KEY-----")
                .contains("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void theBrokersSettingsAreWellFormed() throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(
                KafkaSecurity.create(home.resolve("users"), List.of()).brokerProperties()));

        assertThat(settings)
                .containsEntry("allow.everyone.if.no.acl.found", "false")
                .containsEntry("listener.name.controller.ssl.client.auth", "required")
                .containsEntry("super.users", "User:admin;User:CN=broker")
                .doesNotContainValue("");
    }

    private static X509Certificate certificate(Path file) throws Exception {
        var pem = Files.readString(file);
        var begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(pem.substring(begin).getBytes(StandardCharsets.US_ASCII)));
    }
}
