package dev.orderflow.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Renders kustomization folders with {@code kubectl kustomize}. */
final class Kustomize {

    private Kustomize() {}

    /** {@return whether kubectl is installed} */
    static boolean isPresent() {
        try {
            return run("version", "--client").exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Renders {@code folder}.
     *
     * @throws IllegalStateException if it cannot be rendered, with the output of kubectl
     */
    static Resources render(Path folder) {
        var result = run("kustomize", folder.toString());
        if (result.exitCode() != 0) {
            throw new IllegalStateException(folder + " cannot be rendered: " + result.errors());
        }
        return Resources.parse(result.output());
    }

    private static Result run(String... arguments) {
        try {
            var errors = Files.createTempFile("kubectl", ".err");
            try {
                var command = new ProcessBuilder("kubectl");
                command.command().addAll(List.of(arguments));
                var process = command.redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    private record Result(int exitCode, String output, String errors) {}
}
