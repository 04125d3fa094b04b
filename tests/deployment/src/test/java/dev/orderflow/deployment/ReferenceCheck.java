package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks that everything pods refer to by name exists: ConfigMaps, volumes, service accounts. A Secret is either
 * applied too, made by an operator, or listed in docs/kubernetes.md as one to create.
 */
class ReferenceCheck implements Check {

    private final Repository repository;

    ReferenceCheck(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        var secrets = secretsOfOperators(resources);
        for (var workload : resources.withPods()) {
            Consumer<Node> configMap = name -> {
                if (resources.find("ConfigMap", name.text()).isEmpty()) {
                    problems.add(workload + ": there is no ConfigMap " + name.text());
                }
            };
            Consumer<Node> secret = name -> {
                if (resources.find("Secret", name.text()).isEmpty()
                        && !secrets.contains(name.text())
                        && !repository.read("docs/kubernetes.md").contains("`" + name.text() + "`")) {
                    problems.add(workload + ": nothing creates the Secret " + name.text());
                }
            };
            for (var container : workload.containers()) {
                for (var from : container.at("envFrom").items()) {
                    ifPresent(from.at("configMapRef", "name"), configMap);
                    ifPresent(from.at("secretRef", "name"), secret);
                }
                for (var variable : container.at("env").items()) {
                    ifPresent(variable.at("valueFrom", "configMapKeyRef", "name"), configMap);
                    ifPresent(variable.at("valueFrom", "secretKeyRef", "name"), secret);
                }
                container.at("volumeMounts").items().stream()
                        .map(mount -> mount.at("name"))
                        .filter(name -> volumes(workload).noneMatch(name::equals))
                        .forEach(name -> problems.add(workload + ": there is no volume " + name.text()));
            }
            for (var volume : workload.pod().at("volumes").items()) {
                ifPresent(volume.at("configMap", "name"), configMap);
                ifPresent(volume.at("secret", "secretName"), secret);
            }
            ifPresent(workload.pod().at("serviceAccountName"), account -> {
                if (resources.find("ServiceAccount", account.text()).isEmpty()) {
                    problems.add(workload + ": there is no ServiceAccount " + account.text());
                }
            });
        }
        return problems;
    }

    private static void ifPresent(Node name, Consumer<Node> check) {
        if (name.exists()) {
            check.accept(name);
        }
    }

    private static Stream<Node> volumes(Resource workload) {
        return Stream.concat(
                workload.pod().at("volumes").items().stream().map(volume -> volume.at("name")),
                workload.spec().at("volumeClaimTemplates").items().stream().map(claim -> claim.at("metadata", "name")));
    }

    private static Set<String> secretsOfOperators(Resources resources) {
        var names = new HashSet<String>();
        resources.ofKind("KafkaUser").forEach(user -> names.add(user.name()));
        resources.ofKind("Kafka").forEach(kafka -> names.add(kafka.name() + "-cluster-ca-cert"));
        resources.ofKind("Cluster").forEach(cluster -> names.add(cluster.name() + "-ca"));
        return names;
    }
}
