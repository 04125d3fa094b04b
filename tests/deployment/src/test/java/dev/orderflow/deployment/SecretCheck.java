package dev.orderflow.deployment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks that manifests contain no secrets: passwords are references, and applied Secrets hold values marked as demo
 * values.
 */
class SecretCheck implements Check {

    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|JAAS|API_?KEY).*");
    private static final String DEMO = "demo-only-";
    /** Secrets of the sandbox's clients, which its sources make public. */
    private static final Pattern SANDBOX = Pattern.compile("[a-z0-9]+-secret");

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var workload : resources.withPods()) {
            for (var container : workload.containers()) {
                container.at("env").items().stream()
                        .filter(variable -> variable.at("value").exists())
                        .map(variable -> variable.at("name").text())
                        .filter(name -> SECRET.matcher(name).matches())
                        .forEach(name -> problems.add(workload + ": contains " + name + " instead of a reference"));
            }
        }
        for (var map : resources.ofKind("ConfigMap")) {
            map.content().at("data").strings().forEach((key, value) -> {
                if (SECRET.matcher(key).matches() && !isReference(value)) {
                    problems.add(map + ": contains " + key);
                }
            });
        }
        for (var secret : resources.ofKind("Secret")) {
            secret.content().at("data").strings().forEach((key, value) -> {
                var plain = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
                if (!key.equals("username")
                        && !plain.startsWith(DEMO)
                        && !SANDBOX.matcher(plain).matches()) {
                    problems.add(secret + ": " + key + " must begin with " + DEMO);
                }
            });
        }
        return problems;
    }

    /** Returns whether a value is empty, so that a client reads a file, or a login that names one. */
    private static boolean isReference(String value) {
        return value.isEmpty() || value.contains(" passwordFile=") && !value.contains(" password=");
    }
}
