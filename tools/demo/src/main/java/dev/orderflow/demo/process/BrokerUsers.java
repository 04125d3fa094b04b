package dev.orderflow.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

/** The services as users of the broker, with the rights that Kubernetes gives them. */
final class BrokerUsers {

    private static final String RIGHTS = "k8s/components/kafka-operator/users.yaml";

    private BrokerUsers() {}

    /** Returns the rights of all users in the repository {@code root}. */
    static List<AclBinding> rights(Path root) {
        try (var documents = Files.newBufferedReader(root.resolve(RIGHTS))) {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            return StreamSupport.stream(yaml.loadAll(documents).spliterator(), false)
                    .flatMap(user -> rightsOf(new Node(user)))
                    .toList();
        } catch (IOException e) {
            throw new DemoException("Cannot read the rights of the broker's users: " + root.resolve(RIGHTS), e);
        }
    }

    /** Returns a service's environment variables for these settings of Kafka's clients. */
    static Map<String, String> environment(Map<String, String> client) {
        var environment = new HashMap<String, String>();
        client.forEach((name, value) -> environment.put(variable(name), value));
        return environment;
    }

    private static String variable(String setting) {
        return "SPRING_KAFKA_PROPERTIES_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static Stream<AclBinding> rightsOf(Node user) {
        var principal = "User:" + user.get("metadata").text("name");
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
                .orElseThrow(() -> new DemoException(RIGHTS + " names the operation " + name + ", which Kafka lacks"));
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
