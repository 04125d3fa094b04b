package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a clone is self-contained: no file refers to paths outside the repository, except for one line of {@code
 * .ci/engine}, which explains itself.
 */
class OutsideReferencesTests {

    private static final Pattern UPWARDS = Pattern.compile("(?<![\\w./])(?:\\.\\./)+[\\w.-][\\w./-]*");
    private static final Pattern CHECKED = Pattern.compile(
            "\\.ci/.+|docker/[^/]+|\\.env\\.example|demo|bench|Dockerfile|.+\\.(?:xml|yml|yaml|md|json|env|properties)");
    private static final Set<String> SKIPPED = Set.of("target", "src", "node_modules", ".git", ".demo", ".idea", ".vscode");

    @Test
    void onlyTheSearchForADockerEngineLooksOutside() throws IOException {
        var root = Repository.find().root();
        var found = new ArrayList<String>();
        for (var file : checked(root)) {
            outside(file, Files.readString(root.resolve(file))).forEach(path -> found.add(file + ": " + path));
        }

        assertThat(found).containsExactly(".ci/engine: ../shared/containers/engine.sh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"starter=../../../else/engine.sh", "[this](../../../else/README.md)", "  - \"../../../else\""})
    void aPathThatLeavesTheRepositoryIsFound(String line) {
        assertThat(outside(Path.of("k8s/base/file.yml"), line)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"  - ../components", "[this](../../README.md)", "cd \"$(dirname \"$0\")/..\""})
    void aPathWithinIsNot(String line) {
        assertThat(outside(Path.of("k8s/base/file.yml"), line)).isEmpty();
    }

    /** Relative to the file, or to the root in {@code .ci}, whose scripts change to it first. */
    private static List<String> outside(Path file, String text) {
        var folder = file.startsWith(".ci")
                ? Path.of("")
                : Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        return UPWARDS.matcher(text)
                .results()
                .map(match -> match.group())
                .filter(path -> folder.resolve(path).normalize().startsWith(".."))
                .toList();
    }

    /** Skips folders that builds change meanwhile. */
    private static List<Path> checked(Path root) throws IOException {
        var checked = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (CHECKED.matcher(root.relativize(file).toString()).matches()) {
                    checked.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return checked;
    }
}
