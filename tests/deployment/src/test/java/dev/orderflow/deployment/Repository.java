package dev.orderflow.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of this repository that manifests must agree with. */
record Repository(Path root) {

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>orderflow</artifactId>\\s*<version>([^<]+)</version>");
    private static final String OWN_IMAGES = "orderflow/";

    /** {@return the repository that contains the working directory} */
    static Repository find() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("k8s/base"))) {
                return new Repository(folder);
            }
        }
        throw new IllegalStateException("run this inside the repository");
    }

    /** {@return the version of the suite} */
    String version() {
        return VERSION.matcher(read("pom.xml"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the module whose image a container runs; empty for a foreign image. */
    Optional<String> module(Node container) {
        var image = container.at("image").text();
        var start = image.lastIndexOf(OWN_IMAGES);
        return start < 0
                ? Optional.empty()
                : Optional.of(image.substring(start + OWN_IMAGES.length()).replaceFirst(":.*", ""));
    }

    /** Returns a module's application.yml as properties; empty if there is no such module. */
    Map<String, String> settings(String module) {
        return Stream.of(module, "tools/" + module)
                .map(folder -> folder + "/src/main/resources/application.yml")
                .filter(file -> Files.exists(root.resolve(file)))
                .findFirst()
                .map(this::properties)
                .orElse(Map.of());
    }

    private Map<String, String> properties(String file) {
        var properties = new HashMap<String, String>();
        flatten("", new Node(new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file))), properties);
        return properties;
    }

    String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the Java files of deployed modules, without their tests} */
    List<Path> sources() {
        return sources("src/main/java");
    }

    /** Java files in a folder of any module, such as {@code src/test/java}. */
    List<Path> sources(String folder) {
        return Stream.concat(folders(root), folders(root).flatMap(Repository::folders))
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(Repository::javaFiles)
                .toList();
    }

    /** README, CONTRIBUTING and the Markdown files of {@code docs} and {@code eventing}, relative to the root. */
    List<String> documents() {
        return Stream.of(root, root.resolve("docs"), root.resolve("docs/adr"), root.resolve("eventing"))
                .flatMap(folder -> entries(folder).stream())
                .filter(file -> file.toString().endsWith(".md"))
                .map(file -> root.relativize(file).toString())
                .toList();
    }

    /** Returns whether there is a test class of this name. */
    boolean hasTest(String name) {
        return Stream.concat(folders(root), folders(root).flatMap(Repository::folders))
                .map(module -> module.resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(Repository::javaFiles)
                .anyMatch(file -> file.endsWith(name + ".java"));
    }

    private static Stream<Path> folders(Path parent) {
        return entries(parent).stream()
                .filter(Files::isDirectory)
                .filter(entry -> !entry.getFileName().toString().startsWith("."));
    }

    private static List<Path> entries(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flatten(String prefix, Node node, Map<String, String> properties) {
        var entries = node.entries();
        if (entries.isEmpty()) {
            properties.put(prefix, node.text());
        }
        entries.forEach((key, value) -> flatten(prefix.isEmpty() ? key : prefix + "." + key, value, properties));
    }
}
