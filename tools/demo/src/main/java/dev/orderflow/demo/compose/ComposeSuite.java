package dev.orderflow.demo.compose;

import dev.orderflow.demo.compose.ComposeProject.Container;
import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Backlog;
import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Health;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.PartStatus;
import dev.orderflow.demo.process.Processes;
import dev.orderflow.demo.process.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Parts of the suite as containers. If Compose runs several instances of a service, this covers the first; the others
 * are services of other names there.
 */
public final class ComposeSuite implements Processes {

    /** Exit code after SIGKILL. */
    private static final int KILLED = 128 + 9;
    /** Exit code after SIGTERM, as sent by a stop. */
    private static final int TERMINATED = 128 + 15;

    private static final Map<String, Double> KIB =
            Map.of("GiB", 1024.0 * 1024, "MiB", 1024.0, "KiB", 1.0, "B", 1.0 / 1024);

    private final ComposeProject project;
    private final Progress progress;

    public ComposeSuite(ComposeProject project, Progress progress) {
        this.project = project;
        this.progress = progress;
    }

    @Override
    public void start(Part part) {
        if (find(part, project.containers()).filter(Container::isRunning).isPresent()) {
            throw new DemoException(part.label() + " is running; nothing was changed.");
        }
        var begin = Instant.now();
        project.start(ComposeAddresses.service(part));
        progress.ready(part, Duration.between(begin, Instant.now()));
    }

    @Override
    public void kill(Part part) {
        if (find(part, project.containers()).filter(Container::isRunning).isEmpty()) {
            throw new DemoException(part.label() + " is not running; nothing was changed.");
        }
        project.kill(ComposeAddresses.service(part));
    }

    @Override
    public List<PartStatus> status() {
        var addresses = new ComposeAddresses(project);
        var containers = project.containers();
        var running = containers.stream().filter(Container::isRunning).toList();
        var memory = running.isEmpty() ? Map.<String, String>of() : project.memory(running);
        try (var health = new Health(addresses)) {
            return Arrays.stream(Part.values())
                    .map(part -> status(part, find(part, containers), memory, addresses, health))
                    .toList();
        }
    }

    @Override
    public void close() {}

    private static PartStatus status(
            Part part, Optional<Container> container, Map<String, String> memory, Addresses addresses, Health health) {
        return new PartStatus(
                part,
                container.map(ComposeSuite::state).orElse(PartStatus.State.STOPPED),
                OptionalLong.empty(),
                container
                        .filter(found -> found.isRunning() && part.module().isPresent())
                        .flatMap(found -> health.of(addresses.managementUri(part))),
                container
                        .flatMap(found -> Optional.ofNullable(memory.get(found.name())))
                        .map(ComposeSuite::kibibytes)
                        .orElse(0L),
                part.hasDatabase() ? Backlog.of(part, addresses) : OptionalLong.empty());
    }

    private static PartStatus.State state(Container container) {
        if (container.isRunning()) {
            return PartStatus.State.RUNNING;
        }
        return switch (container.exitCode()) {
            case 0, TERMINATED -> PartStatus.State.STOPPED;
            case KILLED -> PartStatus.State.KILLED;
            default -> PartStatus.State.DIED;
        };
    }

    /** Parses an amount such as {@code 301.5MiB}. */
    static long kibibytes(String amount) {
        var unit = amount.replaceAll("[0-9.]", "");
        var factor = Optional.ofNullable(KIB.get(unit))
                .orElseThrow(() -> new DemoException("docker stats printed an unknown amount of memory: " + amount));
        return Math.round(Double.parseDouble(amount.substring(0, amount.length() - unit.length())) * factor);
    }

    private static Optional<Container> find(Part part, List<Container> containers) {
        return containers.stream()
                .filter(container -> container.service().equals(ComposeAddresses.service(part)))
                .findFirst();
    }
}
