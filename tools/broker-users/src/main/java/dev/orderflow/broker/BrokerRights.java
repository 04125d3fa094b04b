package dev.orderflow.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Users of a broker and what each may do, read from a file of Strimzi's {@code KafkaUser} resources.
 *
 * @param users their names
 * @param rights of all of them
 */
public record BrokerRights(List<String> users, List<AclBinding> rights) {

    public BrokerRights {
        users = List.copyOf(users);
        rights = List.copyOf(rights);
    }

    /**
     * Reads a file of {@code KafkaUser} resources.
     *
     * @throws IllegalArgumentException if it names an operation that Kafka lacks
     */
    public static BrokerRights read(Path file) {
        try (var documents = Files.newBufferedReader(file)) {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            var users = StreamSupport.stream(yaml.loadAll(documents).spliterator(), false)
                    .map(Node::new)
                    .toList();
            return new BrokerRights(
                    users.stream().map(BrokerRights::name).toList(),
                    users.stream().flatMap(BrokerRights::rightsOf).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Node user) {
        return user.get("metadata").text("name");
    }

    private static Stream<AclBinding> rightsOf(Node user) {
        var principal = "User:" + name(user);
        return user.get("spec").get("authorization").list("acls").flatMap(right -> {
            var pattern = pattern(right.get("resource"));
            return right.list("operations")
                    .map(operation -> operation(operation.value().toString()))
                    .map(operation -> new AclBinding(
                            pattern, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        });
    }

    /** Returns the operation of a name such as {@code DescribeConfigs}. */
    private static AclOperation operation(String name) {
        return Arrays.stream(AclOperation.values())
                .filter(each -> each.name().replace("_", "").equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Kafka has no operation " + name));
    }

    private static ResourcePattern pattern(Node resource) {
        var type = ResourceType.fromString(resource.text("type"));
        return type == ResourceType.CLUSTER
                ? new ResourcePattern(type, Resource.CLUSTER_NAME, PatternType.LITERAL)
                : new ResourcePattern(
                        type,
                        resource.text("name"),
                        resource.text("patternType").equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL);
    }

    /** Part of a YAML document. */
    private record Node(Object value) {

        Node get(String key) {
            return new Node(Objects.requireNonNull(((Map<?, ?>) value).get(key), key));
        }

        String text(String key) {
            return get(key).value().toString();
        }

        Stream<Node> list(String key) {
            return ((List<?>) get(key).value()).stream().map(Node::new);
        }
    }
}
