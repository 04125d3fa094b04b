package dev.orderflow.local;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * One broker's membership in a cluster. Each broker is a controller, too.
 *
 * @param node 1 for the first
 * @param controllerPorts on 127.0.0.1, in the order of the nodes
 * @param clusterId the same for all; used only when a data folder is new
 */
public record KafkaMember(int node, List<Integer> controllerPorts, String clusterId) {

    private static final int MOST_REPLICAS = 3;

    public KafkaMember {
        controllerPorts = List.copyOf(controllerPorts);
        if (node < 1 || node > controllerPorts.size()) {
            throw new IllegalArgumentException("node " + node + " of " + controllerPorts.size());
        }
    }

    /**
     * Returns the members of a cluster on free ports. They must be started concurrently.
     *
     * @param brokers at least 1
     */
    public static List<KafkaMember> cluster(int brokers) {
        var ports = IntStream.generate(FreePort::find).limit(brokers).boxed().toList();
        var id = Uuid.randomUuid().toString();
        return IntStream.rangeClosed(1, brokers)
                .mapToObj(node -> new KafkaMember(node, ports, id))
                .toList();
    }

    int brokers() {
        return controllerPorts.size();
    }

    /** {@return the replication factor of topics} */
    int replicas() {
        return Math.min(MOST_REPLICAS, brokers());
    }

    /** Returns the minimum number of in-sync replicas: all but one if there are several, so that one may be lost. */
    int replicasInSync() {
        return Math.max(1, replicas() - 1);
    }

    int controllerPort() {
        return controllerPorts.get(node - 1);
    }

    String voters() {
        return IntStream.rangeClosed(1, brokers())
                .mapToObj(voter -> voter + "@127.0.0.1:" + controllerPorts.get(voter - 1))
                .collect(Collectors.joining(","));
    }
}
