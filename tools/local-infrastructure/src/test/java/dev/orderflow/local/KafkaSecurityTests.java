package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        for (var other : List.of("payment-service", KafkaSecurity.ADMIN, "key.store")) {
            assertThat(client)
                    .noneSatisfy(
                            value -> assertThat(value).contains(made.passwords().get(other)));
        }
        assertThatThrownBy(() -> made.client("nobody")).hasMessageContaining("nobody");
    }

    @Test
    void whatAnInterruptedCreationLeftIsReplaced() throws IOException {
        var unfinished = Files.createDirectories(home.resolve("users.new"));
        Files.writeString(unfinished.resolve("broker.p12"), "half");

        KafkaSecurity.create(home.resolve("users"), List.of());

        assertThat(unfinished).doesNotExist();
        assertThat(home.resolve("users/broker.pem")).content().startsWith("-----BEGIN CERTIFICATE-----");
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
}
