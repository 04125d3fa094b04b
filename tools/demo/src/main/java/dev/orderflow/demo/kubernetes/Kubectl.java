package dev.orderflow.demo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.demo.process.DemoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Client of {@code kubectl} for the suite's namespace. Its own settings select the cluster. */
public final class Kubectl {

    private static final String NAMESPACE = "orderflow";

    private final JsonMapper json = JsonMapper.builder().build();
    private final String program;

    /**
     * Creates the client.
     *
     * @param program the program to call, usually {@code kubectl}
     */
    public Kubectl(String program) {
        this.program = program;
    }

    /**
     * Returns the password of {@code user} in a Secret of type {@code kubernetes.io/basic-auth}; empty if there is
     * none.
     *
     * @throws DemoException when {@code kubectl} fails
     */
    Optional<String> password(String user) {
        var secrets = run("get", "secrets", "--field-selector", "type=kubernetes.io/basic-auth", "--output", "json");
        return json.readTree(secrets)
                .path("items")
                .valueStream()
                .map(secret -> secret.path("data"))
                .filter(data -> decoded(data.path("username").asString("")).equals(user))
                .map(data -> decoded(data.path("password").asString("")))
                .findFirst();
    }

    /**
     * Returns the values of the Secret {@code name}.
     *
     * @throws DemoException when there is none, or {@code kubectl} fails
     */
    Map<String, String> secret(String name) {
        var values = new HashMap<String, String>();
        json.readTree(run("get", "secret", name, "--output", "json"))
                .path("data")
                .properties()
                .forEach(entry ->
                        values.put(entry.getKey(), decoded(entry.getValue().asString(""))));
        return values;
    }

    private String run(String... arguments) {
        var command = new ArrayList<>(List.of(program, "--namespace", NAMESPACE));
        command.addAll(List.of(arguments));
        try {
            // Its error output is passed on to the user unchanged.
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String output;
            try (var stream = process.getInputStream()) {
                output = new String(stream.readAllBytes(), UTF_8);
            }
            if (process.waitFor() != 0) {
                throw new DemoException(String.join(" ", command) + " failed.");
            }
            return output;
        } catch (IOException e) {
            throw new DemoException(program + " cannot be run: install kubectl, or leave out --target.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException(String.join(" ", command) + " was interrupted.", e);
        }
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
