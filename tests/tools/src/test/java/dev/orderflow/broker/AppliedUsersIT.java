package dev.orderflow.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.KafkaSecurity;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliedUsersIT {

    private static final Path LIST = Path.of("../../k8s/components/kafka-users/users.yaml");
    private static final AclBinding FORMER = new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "order-events", PatternType.LITERAL),
            new AccessControlEntry("User:payment-service", "*", AclOperation.WRITE, AclPermissionType.ALLOW));

    @Test
    void aBrokerGetsTheUsersAndRightsOfTheListAndNoOthers(@TempDir Path home) throws Exception {
        var security = KafkaSecurity.create(home.resolve("security"), List.of());
        var list = BrokerRights.read(LIST);
        var passwords = passwords(home.resolve("passwords"), list.users(), "first");
        var settings =
                new KafkaSettings(home.resolve("kafka"), home.resolve("kafka.log"), 0).secured(Optional.of(security));
        try (var server = new KafkaServer(settings)) {
            server.start();
            server.grant(List.of(FORMER));
            var arguments = new String[] {
                server.bootstrapServers(), administrator(home, security), LIST.toString(), passwords.toString()
            };

            BrokerUsers.main(arguments);

            try (var admin = Admin.create(client(server, security.client(KafkaSecurity.ADMIN)))) {
                assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get(20, TimeUnit.SECONDS))
                        .containsExactlyInAnyOrderElementsOf(list.rights())
                        .doesNotContain(FORMER);
            }
            assertThat(topicsSeenBy("order-service", "first", server, security)).isEmpty();

            passwords(passwords, list.users(), "second");
            BrokerUsers.main(arguments);

            assertThat(topicsSeenBy("order-service", "second", server, security))
                    .isEmpty();
            assertThatThrownBy(() -> topicsSeenBy("order-service", "first", server, security))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static Path passwords(Path folder, List<String> users, String password) throws IOException {
        Files.createDirectories(folder);
        for (var user : users) {
            Files.writeString(folder.resolve(user), password + "\n");
        }
        return folder;
    }

    private static String administrator(Path home, KafkaSecurity security) throws IOException {
        var properties = new Properties();
        properties.putAll(security.client(KafkaSecurity.ADMIN));
        var file = home.resolve("admin.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toString();
    }

    private static Collection<String> topicsSeenBy(
            String user, String password, KafkaServer server, KafkaSecurity security) throws Exception {
        var login = new KafkaSecurity(security.folder(), Map.of(user, password)).client(user);
        try (var admin = Admin.create(client(server, login))) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    private static Map<String, Object> client(KafkaServer server, Map<String, String> login) {
        var client = new HashMap<String, Object>(login);
        client.put("bootstrap.servers", server.bootstrapServers());
        return client;
    }
}
