package dev.orderflow.demo.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

/** Double of the program {@code docker} with prepared output, which records its calls. */
final class DockerDouble {

    private final Path folder;

    DockerDouble(Path folder) {
        this.folder = folder;
        write("docker", """
                #!/bin/sh
                here=$(dirname "$0")
                echo "$*" >> "$here/calls"
                case "$1 $2" in
                  "compose config") cat "$here/config" ;;
                  "compose ps") cat "$here/ps" ;;
                  "stats --no-stream") cat "$here/stats" ;;
                  "compose exec") echo "$4 has $6" ;;
                  *) [ ! -e "$here/failure" ] || { cat "$here/failure" >&2; exit 1; } ;;
                esac
                """);
        try {
            Files.setPosixFilePermissions(folder.resolve("docker"), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings("""
                {"services":{
                  "postgres":{"ports":[{"host_ip":"127.0.0.1","target":5432,"published":"1"}]},
                  "kafka":{"ports":[{"host_ip":"127.0.0.1","target":19092,"published":"2"}]},
                  "kafka-2":{"ports":[{"host_ip":"127.0.0.1","target":19092,"published":"3"}]},
                  "order-service":{"environment":{"SPRING_DATASOURCE_PASSWORD":"se$$cret"},
                    "ports":[{"host_ip":"127.0.0.1","target":8081,"published":"4"},{"target":9081,"published":"5"}]},
                  "inventory-service":{"ports":[{"target":9082,"published":"6"}]},
                  "payment-service":{"ports":[{"target":9083,"published":"7"}]},
                  "shipping-service":{"ports":[{"target":9084,"published":"10"}]},
                  "loyalty-service":{"ports":[{"target":9085,"published":"11"}]},
                  "notification-service":{"ports":[{"target":9086,"published":"8"}]},
                  "sandbox":{"ports":[{"target":9090,"published":"9"}]}}}
                """);
        containers();
        write("stats", "");
    }

    ComposeProject project() {
        return new ComposeProject(folder, folder.resolve("docker").toString());
    }

    /** Sets the output of {@code docker compose config}. */
    void settings(String json) {
        write("config", json);
    }

    /** Sets the output of {@code docker compose ps}, a line each; see {@link #container}. */
    void containers(String... lines) {
        write("ps", String.join("\n", lines));
    }

    static String container(String service, String state, int exitCode) {
        return String.format(
                Locale.ROOT,
                "{\"Name\":\"orderflow-%s-1\",\"Service\":\"%s\",\"State\":\"%s\",\"ExitCode\":%d,\"Health\":\"\"}",
                service,
                service,
                state,
                exitCode);
    }

    /** Sets the output of {@code docker stats}. */
    void usage(String... lines) {
        write("stats", String.join("\n", lines));
    }

    /** Makes every other call fail with this message from now on. */
    void fail(String message) {
        write("failure", message);
    }

    /** {@return the calls with their arguments} */
    List<String> calls() {
        try {
            return Files.readAllLines(folder.resolve("calls"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
