package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.terminal.ForeignText;
import java.util.HashMap;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./demo fault provider} */
@Command(
        name = "provider",
        description = "Makes the payment provider decline charges, fail, or hang.",
        mixinStandardHelpOptions = true)
final class ProviderCommand extends AdminCommand {

    @Parameters(paramLabel = "ACTION", description = "One of ${COMPLETION-CANDIDATES}.")
    private Action action = Action.decline;

    @Option(names = "--times", paramLabel = "N", description = "Number of failures; default: until it is cleared.")
    private @Nullable Integer times;

    @Option(names = "--card", description = "Only charges with this payment method, such as CARD.")
    private @Nullable String card;

    @Option(names = "--order", paramLabel = "ID", description = "Only charges of this order.")
    private @Nullable String order;

    /** Actions of a fault, spelled as on the command line. */
    enum Action {
        decline,
        fail,
        hang
    }

    ProviderCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        if (times != null && times < 1) {
            throw wrong("--times must be 1 or more");
        }
        var wanted = new HashMap<String, Object>();
        wanted.put("action", action.name().toUpperCase(Locale.ROOT));
        if (times != null) {
            wanted.put("times", times);
        }
        if (card != null) {
            wanted.put("card", card);
        }
        if (order != null) {
            wanted.put("orderId", order);
        }
        var fault = new FaultSwitches(parts.sandbox()).addProvider(wanted);
        out().println("From now on " + ForeignText.line(fault.description()) + ". ./demo fault clear "
                + ForeignText.line(fault.id()) + " ends it.");
        return 0;
    }
}
