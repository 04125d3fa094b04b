package dev.orderflow.deployment;

import java.util.List;

/** Mistakes by which the suite would not run, or not survive a roll-out or the loss of a node. */
final class Mistakes {

    private Mistakes() {}

    static List<Mistake> ofOperation() {
        var version = Repository.find().version();
        return List.of(
                new Mistake(
                        ApiFieldsCheck.class,
                        "maxReplicas: 6",
                        "maxReplica: 6",
                        "`maxReplica` in the JSON string is not defined"),
                new Mistake(ApiFieldsCheck.class, "  maxReplicas: 6\n", "", "The required field `maxReplicas`"),
                new Mistake(
                        ApiFieldsCheck.class,
                        "containerPort: 8081",
                        "containerPort: \"8081\"",
                        "containerPort has the wrong type"),
                new Mistake(
                        ApiFieldsCheck.class,
                        "SERVER_ADDRESS: 0.0.0.0",
                        "SERVER_PORT: 8081",
                        "SERVER_PORT has the wrong type"),
                new Mistake(
                        ApiFieldsCheck.class,
                        "autoscaling/v2",
                        "autoscaling/v2beta2",
                        "there is no HorizontalPodAutoscaler in"),
                new Mistake(
                        ApiFieldsCheck.class,
                        "emptyDir: {}",
                        "emptyDirectory: {}",
                        "`emptyDirectory` in the JSON string is not defined"),
                new Mistake(
                        OperatorFieldsCheck.class, "partitions: 6", "partition: 6", "Unrecognized field \"partition\""),
                new Mistake(OperatorFieldsCheck.class, "replicas: 3", "replicas: \"3\"", "Cannot coerce String value"),
                new Mistake(
                        OperatorFieldsCheck.class,
                        "          expr:",
                        "          expression:",
                        "Unrecognized field \"expression\""),
                new Mistake(
                        ListedFieldsCheck.class,
                        "owner: payment_service",
                        "user: payment_service",
                        "user is an unknown field"),
                new Mistake(
                        ListedFieldsCheck.class,
                        "  cluster: {name: orderflow-db}",
                        "  ensure: present",
                        "cluster is missing"),
                new Mistake(ListedFieldsCheck.class, "kind: Database", "kind: Pooler", "unknown kind"),
                new Mistake(
                        SelectorCheck.class,
                        "labels: {app: order-service}\n    spec",
                        "labels: {app: orders}\n    spec",
                        "does not match the labels of its pods"),
                new Mistake(
                        SelectorCheck.class,
                        "selector: {app: order-service}",
                        "selector: {app: orders}",
                        "matches the pods of 0 workloads"),
                new Mistake(
                        SelectorCheck.class,
                        "  maxUnavailable: 1\n  selector:\n    matchLabels: {app: order-service}",
                        "  maxUnavailable: 1\n  selector:\n    matchLabels: {app: orders}",
                        "PodDisruptionBudget/order-service: its selector matches no pods"),
                new Mistake(
                        SelectorCheck.class,
                        "  labels: {app: order-service}\nspec",
                        "  labels: {app: orders}\nspec",
                        "matches no Service"),
                new Mistake(
                        PortCheck.class, "targetPort: http", "targetPort: web", "no container has the target port web"),
                new Mistake(
                        PortCheck.class,
                        "readyz, port: http",
                        "readyz, port: admin",
                        "readinessProbe asks the port admin, which does not exist"),
                new Mistake(
                        PortCheck.class,
                        "    - port: management\n      path",
                        "    - port: metrics\n      path",
                        "has no port metrics"),
                new Mistake(
                        ReferenceCheck.class,
                        "configMapRef: {name: services}",
                        "configMapRef: {name: service}",
                        "there is no ConfigMap service"),
                new Mistake(
                        ReferenceCheck.class,
                        "secretKeyRef: {name: order-service-database",
                        "secretKeyRef: {name: order-database",
                        "nothing creates the Secret order-database"),
                new Mistake(
                        ReferenceCheck.class,
                        "{name: tmp, mountPath: /tmp}",
                        "{name: temp, mountPath: /tmp}",
                        "there is no volume temp"),
                new Mistake(
                        ReferenceCheck.class,
                        "serviceAccountName: order-service",
                        "serviceAccountName: orders",
                        "there is no ServiceAccount orders"),
                new Mistake(ProbeCheck.class, "path: /readyz", "path: /ready", "asks /ready, which is not an endpoint"),
                new Mistake(
                        ProbeCheck.class,
                        "livenessProbe:\n            httpGet: {path: /actuator/health/liveness",
                        "livenessProbe:\n            httpGet: {path: /readyz",
                        "a restart of a pod that is not ready repairs nothing"),
                new Mistake(
                        ProbeCheck.class,
                        "containerPort: 9081",
                        "containerPort: 9082",
                        "asks port [9082], but order-service answers it on 9081"),
                new Mistake(
                        ProbeCheck.class,
                        "          readinessProbe:\n            httpGet: {path: /readyz, port: http}\n",
                        "",
                        "has no readinessProbe"),
                new Mistake(
                        ProbeCheck.class,
                        "readyz, port: http",
                        "readyz, port: management",
                        "asks port [9081], but order-service answers it on 8081"),
                new Mistake(RolloutCheck.class, "maxUnavailable: 0", "maxUnavailable: 1", "a roll-out may remove pods"),
                new Mistake(RolloutCheck.class, "sleep: {seconds: 10}", "sleep: {seconds: 0}", "has no preStop"),
                new Mistake(
                        RolloutCheck.class,
                        "terminationGracePeriodSeconds: 60",
                        "terminationGracePeriodSeconds: 30",
                        "is killed after 30 s, but may need more than 30 s"),
                new Mistake(
                        RolloutCheck.class,
                        "progressDeadlineSeconds: 360",
                        "progressDeadlineSeconds: 300",
                        "but a start may take 300 s"),
                new Mistake(
                        ResourcesCheck.class, "memory: 384Mi", "memory: 1Gi", "requests more memory than its limit"),
                new Mistake(
                        ResourcesCheck.class,
                        "limits: {cpu: \"2\", memory: 640Mi}",
                        "limits: {cpu: \"2\"}",
                        "must request cpu and memory"),
                new Mistake(ImageCheck.class, "order-service:" + version, "order-service:latest", "has no fixed tag"),
                new Mistake(ImageCheck.class, "order-service:" + version, "order-service", "has no fixed tag"),
                new Mistake(ImageCheck.class, "order-service:" + version, "order-service:0.0.9", "is not of version"),
                new Mistake(
                        DisruptionBudgetCheck.class,
                        "kind: PodDisruptionBudget",
                        "kind: PodBudget",
                        "has 0 disruption budgets"),
                new Mistake(
                        DisruptionBudgetCheck.class,
                        "  maxUnavailable: 1\n",
                        "  minAvailable: 1\n",
                        "so no node can be drained"),
                new Mistake(
                        SpreadCheck.class,
                        "topologyKey: kubernetes.io/hostname",
                        "topologyKey: topology.kubernetes.io/zone",
                        "all instances may be on one node"),
                new Mistake(
                        SpreadCheck.class,
                        "        - topologyKey: kubernetes.io/hostname\n",
                        "        - topologyKey: topology.kubernetes.io/zone\n        - topologyKey: kubernetes.io/hostname\n",
                        "is not spread at all where a node lacks the label topology.kubernetes.io/zone"),
                new Mistake(
                        AutoscalingCheck.class,
                        "kind: Deployment, name: order-service",
                        "kind: Deployment, name: orders",
                        "there is no Deployment orders"),
                new Mistake(
                        AutoscalingCheck.class,
                        "  progressDeadlineSeconds: 360",
                        "  replicas: 2\n  progressDeadlineSeconds: 360",
                        "sets the number of pods"),
                new Mistake(
                        AutoscalingCheck.class,
                        "kind: HorizontalPodAutoscaler",
                        "kind: Autoscaler",
                        "has 0 autoscalers"),
                new Mistake(
                        AlertCheck.class,
                        "eventing_deadletters_dead_total",
                        "eventing_dead_letters_total",
                        "which no class registers"),
                new Mistake(AlertCheck.class, "#dead-letters-arrive", "#dead-letters", "which does not exist"));
    }
}
