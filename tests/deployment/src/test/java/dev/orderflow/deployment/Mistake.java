package dev.orderflow.deployment;

import java.util.List;

/**
 * One change to good manifests that a check must find.
 *
 * @param from text that occurs exactly once in good.yaml and is replaced by {@code to}
 */
record Mistake(Class<? extends Check> check, String from, String to, String problem) {

    /** {@return all mistakes, at least one for each check} */
    static List<Mistake> all() {
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
                        "health/readiness, port: management",
                        "health/readiness, port: admin",
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
                new Mistake(
                        ProbeCheck.class,
                        "/actuator/health/readiness",
                        "/actuator/health/ready",
                        "asks /actuator/health/ready, which is not an endpoint"),
                new Mistake(
                        ProbeCheck.class,
                        "livenessProbe:\n            httpGet: {path: /actuator/health/liveness",
                        "livenessProbe:\n            httpGet: {path: /actuator/health/readiness",
                        "a restart of a pod that is not ready repairs nothing"),
                new Mistake(
                        ProbeCheck.class,
                        "containerPort: 9081",
                        "containerPort: 9082",
                        "asks port [9082], but order-service is managed on 9081"),
                new Mistake(
                        ProbeCheck.class,
                        "          readinessProbe:\n            httpGet: {path: /actuator/health/readiness, port: management}\n",
                        "",
                        "has no readinessProbe"),
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
                new Mistake(HardeningCheck.class, "runAsNonRoot: true", "runAsNonRoot: false", "may run as root"),
                new Mistake(HardeningCheck.class, "type: RuntimeDefault", "type: Unconfined", "has no seccomp profile"),
                new Mistake(
                        HardeningCheck.class,
                        "automountServiceAccountToken: false",
                        "automountServiceAccountToken: true",
                        "gets a token of the API server"),
                new Mistake(
                        HardeningCheck.class,
                        "      enableServiceLinks: false\n",
                        "",
                        "gets variables named after Services"),
                new Mistake(
                        HardeningCheck.class,
                        "allowPrivilegeEscalation: false",
                        "allowPrivilegeEscalation: true",
                        "may gain privileges"),
                new Mistake(
                        HardeningCheck.class,
                        "readOnlyRootFilesystem: true",
                        "readOnlyRootFilesystem: false",
                        "may change its own files"),
                new Mistake(HardeningCheck.class, "drop: [ALL]", "drop: [NET_RAW]", "has capabilities"),
                new Mistake(
                        HardeningCheck.class,
                        "mountPath: /tmp",
                        "mountPath: /temp",
                        "has no folder for temporary files"),
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
                        NetworkPolicyCheck.class,
                        "  podSelector: {}\n  policyTypes: [Ingress, Egress]",
                        "  podSelector: {}\n  policyTypes: [Ingress]",
                        "none denies all traffic"),
                new Mistake(
                        NetworkPolicyCheck.class,
                        "  egress:\n    - ports:\n        - {port: 5432}\n",
                        "",
                        "no NetworkPolicy lists its egress"),
                new Mistake(
                        NetworkPolicyCheck.class,
                        "  podSelector:\n    matchLabels: {calls: orders}\n",
                        "  podSelector:\n    matchLabels: {calls: none}\n",
                        "no NetworkPolicy allows the egress of {calls=orders}"),
                new Mistake(
                        NetworkPolicyCheck.class,
                        "- {port: http}\n",
                        "- {port: web}\n",
                        "to port web, which no pod has"),
                new Mistake(
                        ManagementPortCheck.class,
                        "- {port: http}\n",
                        "- {port: http}\n        - {port: management}\n",
                        "allows more than monitoring"),
                new Mistake(
                        ManagementPortCheck.class,
                        "    - ports:\n        - {port: http}\n",
                        "    - from:\n        - podSelector: {}\n",
                        "allows more than monitoring"),
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
                        SecretCheck.class,
                        "              valueFrom:\n                secretKeyRef: {name: order-service-database, key: password}",
                        "              value: hunter2",
                        "contains SPRING_DATASOURCE_PASSWORD"),
                new Mistake(SecretCheck.class, "ZGVtby1vbmx5LW9yZGVy", "aHVudGVyMg==", "must begin with demo-only-"),
                new Mistake(
                        SecretCheck.class,
                        "SERVER_ADDRESS: 0.0.0.0",
                        "SPRING_MAIL_PASSWORD: hunter2",
                        "contains SPRING_MAIL_PASSWORD"),
                new Mistake(
                        IngressCheck.class,
                        "            - {name: SERVER_FORWARDHEADERSSTRATEGY, value: native}\n",
                        "",
                        "must have SERVER_FORWARDHEADERSSTRATEGY=native behind an Ingress"),
                new Mistake(IngressCheck.class, "path: /api/orders", "path: /admin", "routes outsiders to /admin"),
                new Mistake(IngressCheck.class, "port: {name: http}", "port: {number: 8080}", "there is no port 8080"),
                new Mistake(
                        IngressCheck.class,
                        "  tls:\n    - hosts: [orderflow.example.com]\n      secretName: orderflow-tls\n",
                        "",
                        "has no TLS"),
                new Mistake(
                        AlertCheck.class,
                        "eventing_deadletters_dead_total",
                        "eventing_dead_letters_total",
                        "which no class registers"),
                new Mistake(AlertCheck.class, "#dead-letters-arrive", "#dead-letters", "which does not exist"));
    }

    @Override
    public String toString() {
        return check.getSimpleName() + ": " + problem;
    }
}
