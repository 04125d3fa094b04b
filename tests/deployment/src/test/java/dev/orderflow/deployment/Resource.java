package dev.orderflow.deployment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Kubernetes resource, such as a Deployment. */
record Resource(Node content) {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");
    private static final Set<String> JOBS = Set.of("Job", "CronJob");

    String apiVersion() {
        return content.at("apiVersion").text();
    }

    String kind() {
        return content.at("kind").text();
    }

    String name() {
        return content.at("metadata", "name").text();
    }

    Map<String, String> labels() {
        return content.at("metadata", "labels").strings();
    }

    Node spec() {
        return content.at("spec");
    }

    boolean isWorkload() {
        return WORKLOADS.contains(kind());
    }

    /** {@return whether it creates pods, of a workload or of a job} */
    boolean hasPods() {
        return isWorkload() || JOBS.contains(kind());
    }

    Map<String, String> podLabels() {
        return template().at("metadata", "labels").strings();
    }

    Node pod() {
        return template().at("spec");
    }

    /** {@return all containers, those that run before the others first} */
    List<Node> containers() {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> pod().at(kind).items().stream())
                .toList();
    }

    private Node template() {
        return kind().equals("CronJob") ? spec().at("jobTemplate", "spec", "template") : spec().at("template");
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
