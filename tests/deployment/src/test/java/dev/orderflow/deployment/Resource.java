package dev.orderflow.deployment;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kubernetes resource, such as a Deployment. */
record Resource(Node content) {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");

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

    Map<String, String> podLabels() {
        return spec().at("template", "metadata", "labels").strings();
    }

    Node pod() {
        return spec().at("template", "spec");
    }

    List<Node> containers() {
        return pod().at("containers").items();
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
