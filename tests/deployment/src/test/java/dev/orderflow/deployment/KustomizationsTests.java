package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what {@code kubectl apply -k} would apply, as far as possible without a cluster. */
class KustomizationsTests {

    private static final Repository REPOSITORY = Repository.find();
    private static final Path KUBERNETES = REPOSITORY.root().resolve("k8s");

    @BeforeAll
    static void requireKubectl() {
        var isPresent = Kustomize.isPresent();
        if (!isPresent) {
            System.err.println("NOT CHECKED: kubectl is not installed, so nothing in k8s/ was rendered or validated.");
        }
        assumeTrue(isPresent, "kubectl is not installed, so nothing in k8s/ was rendered or validated");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayPassesAllChecks(Path overlay) {
        var resources = Kustomize.render(overlay);

        assertThat(Checks.all(REPOSITORY).stream().flatMap(check -> check.problems(resources).stream()))
                .isEmpty();
    }

    /** The base is never applied alone, so its references need not resolve. */
    @Test
    void theBaseHasKnownFieldsOnly() {
        var resources = Kustomize.render(KUBERNETES.resolve("base"));

        assertThat(new ApiFieldsCheck().problems(resources)).isEmpty();
        assertThat(resources.workloads()).hasSize(6);
    }

    /** A component that no overlay uses would not be checked at all. */
    @Test
    void eachComponentIsPartOfAnOverlay() throws IOException {
        var used = new StringBuilder();
        for (var overlay : overlays()) {
            used.append(Files.readString(overlay.resolve("kustomization.yaml")));
        }

        assertThat(folders("components"))
                .isNotEmpty()
                .allSatisfy(component -> assertThat(used).contains("components/" + component.getFileName() + "\n"));
    }

    @Test
    void productionHoldsNoSecretsAndNothingOfTheDemo() {
        var resources = Kustomize.render(KUBERNETES.resolve("overlays/production"));

        assertThat(resources.ofKind("Secret")).isEmpty();
        assertThat(resources.workloads()).noneMatch(workload -> workload.name().equals("sandbox"));
        assertThat(resources.ofKind("ConfigMap"))
                .noneMatch(map ->
                        map.content().at("data", "SPRING_PROFILES_ACTIVE").exists())
                .noneMatch(map ->
                        map.content().at("data", "EVENTING_ADMIN_ENABLED").exists());
    }

    /** A file of a Secret changes with it, a variable does not. */
    @Test
    void servicesInProductionReadPasswordsFromFilesAndVerifyServers() {
        var production = Kustomize.render(KUBERNETES.resolve("overlays/production"));
        var settings = production.ofKind("ConfigMap").stream()
                .filter(map -> map.name().startsWith("services"))
                .findFirst()
                .orElseThrow()
                .content()
                .at("data")
                .strings();

        assertThat(settings)
                .containsEntry("SPRING_DATASOURCE_PASSWORD", "")
                .containsEntry("PGPASSFILE", "/etc/database/pgpass")
                .containsEntry("SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
                .containsEntry("SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED", "true");
        assertThat(settings.get("SPRING_DATASOURCE_URL")).contains("sslmode=verify-full");
        assertThat(settings.get("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG"))
                .contains("passwordFile=\"/etc/kafka-user/password\"");
        assertThat(settings.get("PAYMENT_PROVIDER_URL")).startsWith("https://");
        assertThat(settings.get("SHIPPING_CARRIER_URL")).startsWith("https://");
        assertThat(production.workloads().stream()
                        .filter(workload -> workload.kind().equals("Deployment")))
                .hasSize(6)
                .allSatisfy(service -> {
                    var container = service.containers().getFirst();
                    assertThat(names(container.at("env")))
                            .doesNotContain("SPRING_DATASOURCE_PASSWORD", "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
                    assertThat(names(container.at("volumeMounts"))).contains("database", "kafka-user");
                });
    }

    /** KEDA's autoscalers replace those of the base. */
    @Test
    void scaledObjectsBehaveLikeTheAutoscalersThatTheyReplace() {
        var behaviour = Kustomize.render(KUBERNETES.resolve("base"))
                .ofKind("HorizontalPodAutoscaler")
                .getFirst()
                .spec()
                .at("behavior");

        assertThat(behaviour.exists()).isTrue();
        assertThat(Kustomize.render(KUBERNETES.resolve("overlays/production")).ofKind("ScaledObject"))
                .hasSize(6)
                .allSatisfy(scaled -> {
                    assertThat(scaled.spec().at("advanced", "horizontalPodAutoscalerConfig", "behavior"))
                            .isEqualTo(behaviour);
                    assertThat(scaled.spec().at("fallback").exists()).isTrue();
                });
    }

    /** Names are resolved in kube-system, by a cache on the node, by a metadata server, or in a namespace of OpenShift. */
    @Test
    void namesAreResolvedInCommonClusters() {
        var peers = Kustomize.render(KUBERNETES.resolve("base"))
                .find("NetworkPolicy", "dns")
                .orElseThrow()
                .spec()
                .at("egress")
                .items()
                .stream()
                .flatMap(rule -> rule.at("to").items().stream())
                .toList();

        assertThat(peers)
                .extracting(peer -> peer.at("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name")
                                .text()
                        + peer.at("ipBlock", "cidr").text())
                .containsExactlyInAnyOrder("kube-system", "169.254.20.10/32", "169.254.169.254/32", "openshift-dns");
    }

    /** The drill's cluster is created by a script, from a ConfigMap. */
    @Test
    void theRestoreDrillRestoresIntoTheSameServer() {
        var production = Kustomize.render(KUBERNETES.resolve("overlays/production"));
        var drill = production.ofKind("ConfigMap").stream()
                .map(map -> map.content().at("data", "cluster.yaml"))
                .filter(Node::exists)
                .map(yaml -> Resources.parse(yaml.text()))
                .toList();

        assertThat(drill).hasSize(1);
        assertThat(new ListedFieldsCheck().problems(drill.getFirst())).isEmpty();
        var restored = drill.getFirst().find("Cluster", "orderflow-db-drill").orElseThrow();
        var original = production.find("Cluster", "orderflow-db").orElseThrow();
        for (var setting :
                List.of(List.of("imageCatalogRef"), List.of("postgresql", "parameters", "max_connections"))) {
            assertThat(restored.spec().at(setting.toArray(String[]::new)))
                    .isEqualTo(original.spec().at(setting.toArray(String[]::new)));
        }
        assertThat(restored.spec().at("plugins").exists()).isFalse();
    }

    /** A service reads the topics whose group it is in, and nobody but people's tools reads all. */
    @Test
    void noUserWritesTheTopicOfAnother() {
        var users = Kustomize.render(KUBERNETES.resolve("overlays/production")).ofKind("KafkaUser");

        assertThat(users.stream()
                        .flatMap(user -> user.spec().at("authorization", "acls").items().stream()
                                .filter(rule -> rule.at("operations").items().stream()
                                        .anyMatch(operation -> operation.is("Write")))
                                .map(rule -> rule.at("resource", "name").text() + " by " + user.name())))
                .containsExactlyInAnyOrder(
                        "order-events by order-service",
                        "order-timers by order-service",
                        "customer-events by order-service",
                        "promotion-rules by order-service",
                        "order-service. by order-service",
                        "inventory-events by inventory-service",
                        "stock-level-events by inventory-service",
                        "inventory-service. by inventory-service",
                        "payment-events by payment-service",
                        "payment-service. by payment-service",
                        "shipping-events by shipping-service",
                        "shipping-service. by shipping-service",
                        "loyalty-events by loyalty-service",
                        "loyalty-service. by loyalty-service",
                        "notification-events by notification-service",
                        "notification-service. by notification-service");
    }

    /** The local overlay must not use kinds of operators, which a new cluster does not know. */
    @Test
    void theLocalOverlayNeedsNothingButKubernetes() {
        var resources = Kustomize.render(KUBERNETES.resolve("overlays/local"));

        assertThat(resources.all())
                .allSatisfy(resource -> assertThat(resource.apiVersion())
                        .matches("v1|(apps|batch|policy|autoscaling|networking.k8s.io)/v[12]"));
    }

    private static List<String> names(Node list) {
        return list.items().stream().map(each -> each.at("name").text()).toList();
    }

    private static List<Path> overlays() throws IOException {
        return folders("overlays");
    }

    private static List<Path> folders(String name) throws IOException {
        try (Stream<Path> folders = Files.list(KUBERNETES.resolve(name))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
