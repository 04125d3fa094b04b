package dev.orderflow.deployment;

import java.util.List;

/** Mistakes that would give somebody more rights than needed. */
final class SecurityMistakes {

    private SecurityMistakes() {}

    static List<Mistake> all() {
        return List.of(
                new Mistake(
                        AccessCheck.class, "uri: https://login.example.com", "uri: \"\"", "SECURITY_ISSUER is empty"),
                new Mistake(
                        AccessCheck.class,
                        "key: keys}",
                        "key: keys, optional: true}",
                        "starts without SECURITY_JWK_SET"),
                new Mistake(
                        AccessCheck.class, "keys: https:", "keys: http:", "SECURITY_JWK_SET is not fetched over TLS"),
                new Mistake(
                        AccessCheck.class,
                        "SERVER_ADDRESS: 0.0.0.0",
                        "EDGE_SECURITY_ENABLED: \"false\"",
                        "EDGE_SECURITY_ENABLED switches access control off"),
                new Mistake(
                        AccessCheck.class,
                        "  EDGE_SECURITY_ANYADDRESS: \"true\"\n",
                        "",
                        "refuses probes, which call it by its address"),
                new Mistake(
                        HardeningCheck.class,
                        "enforce: \"restricted\"",
                        "enforce: baseline",
                        "does not enforce Pod Security"),
                new Mistake(
                        HardeningCheck.class,
                        "\"automountServiceAccountToken\": false, ",
                        "",
                        "CronJob/tools: gets a token of the API server"),
                new Mistake(GatewayCheck.class, "rateLimit: {local", "rateLimit: {global", "no policy limits the rate"),
                new Mistake(
                        GatewayCheck.class,
                        "parentRefs: [{name: orderflow}]",
                        "parentRefs: [{name: none}]",
                        "there is no Gateway none"),
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
                        SecretCheck.class,
                        "SERVER_ADDRESS: 0.0.0.0",
                        "SASL_JAAS_CONFIG: ScramLoginModule required passwordFile=\"/f\" password=\"hunter2\";",
                        "contains SASL_JAAS_CONFIG"),
                new Mistake(
                        GatewayCheck.class,
                        "            - {name: SERVER_FORWARDHEADERSSTRATEGY, value: native}\n",
                        "",
                        "must have SERVER_FORWARDHEADERSSTRATEGY=native behind a gateway"),
                new Mistake(GatewayCheck.class, "value: /api/orders", "value: /admin", "routes outsiders to /admin"),
                new Mistake(
                        GatewayCheck.class,
                        "name: order-service, port: 8081",
                        "name: order-service, port: 8080",
                        "there is no port 8080"),
                new Mistake(GatewayCheck.class, "protocol: HTTPS", "protocol: HTTP", "has no TLS"));
    }
}
