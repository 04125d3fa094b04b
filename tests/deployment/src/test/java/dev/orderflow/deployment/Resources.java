package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Resources that are applied together. */
record Resources(List<Resource> all) {

    /** Parses YAML documents. A duplicate key in a map is rejected, as an API server does. */
    static Resources parse(String yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(20_000_000);
        var resources = new ArrayList<Resource>();
        for (var document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                resources.add(new Resource(new Node(document)));
            }
        }
        return new Resources(List.copyOf(resources));
    }

    List<Resource> ofKind(String kind) {
        return all.stream().filter(resource -> resource.kind().equals(kind)).toList();
    }

    Optional<Resource> find(String kind, String name) {
        return ofKind(kind).stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst();
    }

    List<Resource> workloads() {
        return all.stream().filter(Resource::isWorkload).toList();
    }

    /** {@return the workloads and jobs} */
    List<Resource> withPods() {
        return all.stream().filter(Resource::hasPods).toList();
    }

    /** {@return the workloads whose pods the selector selects} */
    List<Resource> selected(LabelSelector selector) {
        return workloads().stream()
                .filter(workload -> selector.matches(workload.podLabels()))
                .toList();
    }
}
