package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.terminal.ForeignText;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./demo fault clear} */
@Command(name = "clear", description = "Clears one fault, or all.", mixinStandardHelpOptions = true)
final class ClearCommand extends AdminCommand {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of the fault, as listed by ./demo fault list.")
    private @Nullable String id;

    @Option(names = "--all", description = "All faults of all parts.")
    private boolean all;

    ClearCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        if ((id == null) != all) {
            throw wrong("Which fault? Name its id, or else give --all");
        }
        return id == null ? clearAll(parts) : clear(id, parts);
    }

    private int clearAll(Parts parts) {
        var answers = new Faults(parts).clear();
        if (!answers.isEmpty()) {
            out().println("All faults are cleared.");
        }
        return reportAway(answers);
    }

    private int clear(String wanted, Parts parts) {
        var answers = new Faults(parts).list();
        var fault = answers.all()
                .flatMap(List::stream)
                .filter(candidate -> candidate.id().equals(wanted))
                .findFirst();
        if (fault.isEmpty()) {
            reportAway(answers);
            err().println("There is no fault " + ForeignText.line(wanted) + ".");
            return 1;
        }
        var part = fault.get().part();
        new FaultSwitches(part == Part.SANDBOX ? parts.sandbox() : parts.service(part)).clear(wanted);
        out().println("Cleared: " + ForeignText.line(fault.get().description()) + ".");
        return 0;
    }
}
