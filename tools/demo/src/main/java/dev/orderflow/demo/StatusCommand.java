package dev.orderflow.demo;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.deadletters.Unresolved;
import dev.orderflow.demo.client.faults.Fault;
import dev.orderflow.demo.client.faults.Faults;
import dev.orderflow.demo.process.PartStatus;
import dev.orderflow.demo.process.Progress;
import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description =
                "Shows each process: its state, health and memory, and how many of its events wait to be sent, to be retried, behind others, or for an operator; then the active faults.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Runnable {

    private static final String ROW = "%-13s %-8s %8s  %-8s %8s %8s %8s %8s %8s";

    /** Time-out for a hanging part. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SuiteSource suite;

    @Spec
    private @Nullable CommandSpec spec;

    StatusCommand(SuiteSource suite) {
        this.suite = suite;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        try (var processes = suite.processes(Progress.SILENT);
                var parts = new Parts(AdminEndpoints.of(suite.addresses()), PATIENCE)) {
            var all = processes.status();
            var unresolved = Unresolved.ofAll(parts).byPart();
            out.println(String.format(
                    Locale.ROOT,
                    ROW,
                    "process",
                    "state",
                    "pid",
                    "health",
                    "MiB",
                    "outbox",
                    "retrying",
                    "held",
                    "dead"));
            all.forEach(part -> out.println(row(part, unresolved.getOrDefault(part.part(), Optional.empty()))));
            var total = all.stream().mapToLong(PartStatus::residentKiB).sum();
            out.println(String.format(Locale.ROOT, ROW, "total", "", "", "", mebibytes(total), "", "", "", "")
                    .stripTrailing());
            out.println();
            printFaults(new Faults(parts).list(), out);
        }
    }

    /** Prints the faults. A stopped part has none, since they are kept in memory. */
    private static void printFaults(Answers<List<Fault>> faults, PrintWriter out) {
        if (faults.all().allMatch(List::isEmpty)) {
            out.println("faults: none");
        } else {
            faults.all()
                    .flatMap(List::stream)
                    .forEach(fault -> out.println(String.format(
                            Locale.ROOT,
                            "fault in %s: %s (%s)",
                            fault.part().label(),
                            ForeignText.line(fault.description()),
                            ForeignText.line(fault.id()))));
        }
    }

    private static String row(PartStatus status, Optional<Unresolved> unresolved) {
        return String.format(
                        Locale.ROOT,
                        ROW,
                        status.part().label(),
                        status.state().name().toLowerCase(Locale.ROOT),
                        number(status.pid()),
                        ForeignText.line(status.health().orElse("-")),
                        status.residentKiB() == 0 ? "-" : mebibytes(status.residentKiB()),
                        number(status.outboxPending()),
                        number(unresolved, Unresolved::retrying),
                        number(unresolved, Unresolved::held),
                        number(unresolved, Unresolved::dead))
                .stripTrailing();
    }

    private static String number(Optional<Unresolved> unresolved, ToLongFunction<Unresolved> which) {
        return number(unresolved.stream().mapToLong(which).findAny());
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }

    private static String mebibytes(long kiB) {
        return Long.toString((kiB + 512) / 1024);
    }
}
