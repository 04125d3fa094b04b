package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.Table;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code ./demo fault list} */
@Command(name = "list", description = "Lists the active faults.", mixinStandardHelpOptions = true)
final class ListFaultsCommand extends AdminCommand {

    ListFaultsCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        var answers = new Faults(parts).list();
        var table = new Table("part", "id", "fault");
        answers.all()
                .flatMap(List::stream)
                .forEach(fault -> table.row(fault.part().label(), fault.id(), fault.description()));
        if (table.isEmpty() && !answers.isEmpty()) {
            out().println("No faults.");
        } else if (!answers.isEmpty()) {
            table.print(out());
        }
        return reportAway(answers);
    }
}
