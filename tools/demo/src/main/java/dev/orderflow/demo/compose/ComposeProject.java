package dev.orderflow.demo.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.demo.process.DemoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Client of {@code docker compose} for the project in a folder. Compose itself decides on files, profiles and settings:
 * {@code .env} and environment variables such as {@code COMPOSE_ENV_FILES} apply as on its command line.
 * <p>
 * All methods throw {@link DemoException} when Compose fails.
 */
public final class ComposeProject {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;
    private final String docker;

    public ComposeProject(Path folder) {
        this(folder, "docker");
    }

    /**
     * Creates the client.
     *
     * @param docker the program to call
     */
    ComposeProject(Path folder, String docker) {
        this.folder = folder;
        this.docker = docker;
    }

    /**
     * Container, running or not.
     *
     * @param service name of its service
     * @param state {@code running}, {@code exited}, …
     * @param exitCode 0 as long as it runs
     */
    record Container(String name, String service, String state, int exitCode) {

        boolean isRunning() {
            return state.equals("running");
        }
    }

    private record Usage(String name, String memUsage) {}

    /** Returns the services by name as Compose resolves them, with all variables substituted. */
    JsonNode services() {
        return JSON.readTree(run("compose", "config", "--format", "json")).path("services");
    }

    List<Container> containers() {
        return lines(Container.class, run("compose", "ps", "--all", "--format", "json"));
    }

    /** Returns the memory of each of {@code containers} by name, such as {@code 301.5MiB}. */
    Map<String, String> memory(List<Container> containers) {
        var command = new ArrayList<>(List.of("stats", "--no-stream", "--format", "json"));
        containers.forEach(container -> command.add(container.name()));
        var memory = new HashMap<String, String>();
        // Keeps the usage of "301.5MiB / 640MiB", not the limit.
        lines(Usage.class, run(command.toArray(String[]::new)))
                .forEach(usage -> memory.put(usage.name(), usage.memUsage().split(" ")[0]));
        return memory;
    }

    /** Kills all containers of {@code service} with SIGKILL. */
    void kill(String service) {
        run("compose", "kill", service);
    }

    /** Starts {@code service} and returns when it is healthy. */
    void start(String service) {
        run("compose", "up", "--detach", "--wait", "--no-deps", "--no-recreate", "--no-build", service);
    }

    /** Returns the content of a file in the container of {@code service}, which must be running. */
    String read(String service, String file) {
        return run("compose", "exec", "--no-TTY", service, "cat", file);
    }

    private String run(String... arguments) {
        var command = new ArrayList<>(List.of(arguments));
        command.addFirst(docker);
        try {
            var process = new ProcessBuilder(command).directory(folder.toFile()).start();
            process.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            var output = text(process.getInputStream());
            if (process.waitFor() != 0) {
                throw new DemoException("docker " + String.join(" ", arguments) + " failed: "
                        + errors.join().strip());
            }
            return output;
        } catch (IOException e) {
            throw new DemoException("docker cannot be run: install Docker with Compose, or leave out --target.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("docker " + String.join(" ", arguments) + " was interrupted.", e);
        }
    }

    /** Parses output with one JSON document per line. */
    private static <T> List<T> lines(Class<T> type, String output) {
        return output.lines()
                .filter(line -> !line.isBlank())
                .map(line -> JSON.readValue(line, type))
                .toList();
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
