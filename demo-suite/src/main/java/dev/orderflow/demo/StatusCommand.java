package dev.orderflow.demo;

import dev.orderflow.demo.process.PartStatus;
import dev.orderflow.demo.process.Suite;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./demo status} */
@Command(
        name = "status",
        description =
                "Shows each process: whether it runs, its health, its memory, and the events waiting in its outbox.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Runnable {

    private static final String ROW = "%-13s %-8s %8s  %-8s %8s %8s";

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    StatusCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        try (var suite = new Suite(topologies.get())) {
            var all = suite.status();
            out.println(ROW.formatted("process", "state", "pid", "health", "MiB", "outbox"));
            all.forEach(part -> out.println(row(part)));
            var total = all.stream().mapToLong(PartStatus::residentKiB).sum();
            out.println(ROW.formatted("total", "", "", "", mebibytes(total), "").stripTrailing());
        }
    }

    private static String row(PartStatus status) {
        return ROW.formatted(
                        status.part().label(),
                        status.state().name().toLowerCase(Locale.ROOT),
                        number(status.pid()),
                        status.health().orElse("-"),
                        status.residentKiB() == 0 ? "-" : mebibytes(status.residentKiB()),
                        number(status.outboxPending()))
                .stripTrailing();
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }

    private static String mebibytes(long kiB) {
        return Long.toString((kiB + 512) / 1024);
    }
}
