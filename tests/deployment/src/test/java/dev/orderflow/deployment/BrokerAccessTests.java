package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Tests that Kafka has the same users with the same rights in {@code docker-compose.yml}, the local overlay and production,
 * and that each service logs in as itself and knows no password but its own. {@code ./demo up --secure} reads the same list.
 */
class BrokerAccessTests {

    private static final Repository REPOSITORY = Repository.find();
    private static final String LIST = "k8s/components/kafka-users/users.yaml";
    private static final List<String> SERVICES = List.of(
            "order-service",
            "inventory-service",
            "payment-service",
            "shipping-service",
            "loyalty-service",
            "notification-service");

    /** Settings of Kafka's clients whose value depends on the environment. */
    private static final List<String> ADDRESSES =
            List.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", "SPRING_KAFKA_SSL_TRUSTSTORELOCATION");

    private static final Map<String, Resources> OVERLAYS = new HashMap<>();

    private static Resources overlay(String name) {
        assumeTrue(Kustomize.isPresent(), "kubectl is not installed, so nothing in k8s/ was rendered");
        return OVERLAYS.computeIfAbsent(
                name,
                each -> Kustomize.render(
                        REPOSITORY.root().resolve("k8s/overlays").resolve(each)));
    }

    private static Resources local() {
        return overlay("local");
    }

    private static Resources production() {
        return overlay("production");
    }

    @Test
    void theLocalBrokerHasTheUsersOfProduction() {
        var list = configMap(local(), "kafka-users").get("users.yaml");

        assertThat(list).isEqualTo(REPOSITORY.read(LIST));
        // KEDA runs in production only.
        assertThat(specifications(production().ofKind("KafkaUser").stream()
                        .filter(user -> !user.name().equals("keda"))))
                .isEqualTo(specifications(Resources.parse(list).all().stream()))
                .hasSize(7);
    }

    @Test
    void theUsersOfContainersComeFromTheSameList() {
        var services = compose();

        for (var container : List.of("kafka-keys", "kafka-users")) {
            assertThat(texts(services.at(container, "volumes")))
                    .contains("./" + LIST + ":/opt/users/users.yaml:ro")
                    .contains("./k8s/components/kafka-single:/opt/start:ro");
        }
        assertThat(texts(services.at("kafka-users", "command")))
                .isEqualTo(texts(local().find("Job", "kafka-users")
                        .orElseThrow()
                        .containers()
                        .getFirst()
                        .at("args")));
    }

    @Test
    void servicesLogInAlikeEverywhere() {
        var expected = login(configMap(production(), "services"));

        assertThat(expected).containsKeys("SPRING_KAFKA_SECURITY_PROTOCOL", "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
        assertThat(login(configMap(local(), "services"))).isEqualTo(expected);
        for (var service : SERVICES) {
            assertThat(login(compose().at(service, "environment").strings()))
                    .as(service)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aServiceKnowsNoPasswordButItsOwn() {
        for (var service : SERVICES) {
            for (var instance : List.of(service, service + "-2")) {
                assertThat(texts(compose().at(instance, "volumes")))
                        .as(instance)
                        .containsExactly("kafka-" + service + ":/etc/kafka-user:ro");
            }
            assertThat(texts(compose().at("kafka-keys", "volumes")))
                    .contains("kafka-" + service + ":/users/" + service);
        }
        for (var service : SERVICES) {
            var keys = local().find("Deployment", service).orElseThrow().pod().at("volumes").items().stream()
                    .map(volume -> volume.at("secret"))
                    .filter(secret -> secret.at("secretName").is("kafka-keys"))
                    .flatMap(secret -> secret.at("items").items().stream())
                    .map(item -> item.at("key").text());

            assertThat(keys).containsExactlyInAnyOrder(service, "ca.crt");
        }
    }

    @Test
    void nobodyReachesABrokerWithoutAKeyOrAPassword() throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(REPOSITORY.read("k8s/components/kafka-single/server.properties")));
        var protocols = Stream.of(
                        settings.getProperty("listener.security.protocol.map").split(","))
                .map(entry -> entry.split(":"))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));

        assertThat(protocols)
                .isEqualTo(Map.of("CLIENTS", "SASL_SSL", "HOST", "SASL_SSL", "BROKERS", "SSL", "CONTROLLER", "SSL"));
        assertThat(settings)
                .containsEntry("listener.name.brokers.ssl.client.auth", "required")
                .containsEntry("listener.name.controller.ssl.client.auth", "required")
                .containsEntry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .containsEntry("allow.everyone.if.no.acl.found", "false")
                .containsEntry("super.users", "User:CN=broker");
        var brokers = Stream.of("kafka", "kafka-2", "kafka-3")
                .map(broker -> compose().at(broker, "environment").strings())
                .collect(Collectors.toCollection(ArrayList::new));
        if (Kustomize.isPresent()) {
            brokers.add(localBroker());
        }
        for (var variables : brokers) {
            assertThat(variables.get("KAFKA_LISTENERS").split(","))
                    .allSatisfy(listener -> assertThat(protocols).containsKey(listener.replaceFirst(":.*", "")));
            assertThat(variables)
                    .doesNotContainKeys("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "KAFKA_INTER_BROKER_LISTENER_NAME");
        }
    }

    private static Map<String, String> localBroker() {
        return local().find("StatefulSet", "kafka").orElseThrow().containers().getFirst().at("env").items().stream()
                .collect(Collectors.toMap(
                        variable -> variable.at("name").text(),
                        variable -> variable.at("value").text()));
    }

    private static Map<String, Node> specifications(Stream<Resource> users) {
        return users.collect(Collectors.toMap(Resource::name, Resource::spec));
    }

    private static Map<String, String> configMap(Resources resources, String name) {
        return resources.ofKind("ConfigMap").stream()
                .filter(map -> map.name().startsWith(name + "-"))
                .findFirst()
                .orElseThrow()
                .content()
                .at("data")
                .strings();
    }

    private static Map<String, String> login(Map<String, String> environment) {
        var login = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith("SPRING_KAFKA_") && !ADDRESSES.contains(name)) {
                login.put(name, value.replace("$$", "$")); // Removes Compose's escape of the dollar sign.
            }
        });
        return login;
    }

    private static Node compose() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(500);
        return new Node(new Yaml(new SafeConstructor(options)).load(REPOSITORY.read("docker-compose.yml")))
                .at("services");
    }

    private static List<String> texts(Node list) {
        return list.items().stream().map(Node::text).toList();
    }
}
