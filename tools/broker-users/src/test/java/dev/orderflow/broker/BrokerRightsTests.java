package dev.orderflow.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRightsTests {

    private static final Path LIST = Path.of("../../k8s/components/kafka-users/users.yaml");

    @Test
    void rightsAreThoseOfKubernetes() {
        var list = BrokerRights.read(LIST);

        assertThat(list.users())
                .containsExactly(
                        "order-service",
                        "inventory-service",
                        "payment-service",
                        "shipping-service",
                        "loyalty-service",
                        "notification-service",
                        "kafka-tools");
        assertThat(list.rights())
                .contains(
                        right("order-service", topic("order-events", PatternType.LITERAL), AclOperation.WRITE),
                        right("order-service", topic("order-service.", PatternType.PREFIXED), AclOperation.READ),
                        right(
                                "payment-service",
                                new ResourcePattern(ResourceType.GROUP, "payment-service", PatternType.LITERAL),
                                AclOperation.READ),
                        right(
                                "kafka-tools",
                                new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
                                AclOperation.DESCRIBE))
                .noneMatch(AclBinding::isUnknown)
                .doesNotContain(
                        right("payment-service", topic("order-events", PatternType.LITERAL), AclOperation.WRITE));
    }

    @Test
    void anOperationThatKafkaLacksIsNamed(@TempDir Path folder) throws IOException {
        var list = Files.writeString(
                folder.resolve("users.yaml"), Files.readString(LIST).replace("Write", "Wrte"));

        assertThatThrownBy(() -> BrokerRights.read(list)).hasMessage("Kafka has no operation Wrte");
    }

    private static ResourcePattern topic(String name, PatternType pattern) {
        return new ResourcePattern(ResourceType.TOPIC, name, pattern);
    }

    private static AclBinding right(String user, ResourcePattern resource, AclOperation operation) {
        return new AclBinding(
                resource, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
