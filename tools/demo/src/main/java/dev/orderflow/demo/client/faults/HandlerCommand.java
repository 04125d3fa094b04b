package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.ServiceNames;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.terminal.ForeignText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./demo fault handler} */
@Command(
        name = "handler",
        description = "Makes a service's handlers fail for one order, or for a share of all.",
        mixinStandardHelpOptions = true)
final class HandlerCommand extends AdminCommand {

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            converter = ServiceNames.class,
            completionCandidates = ServiceNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Part service;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ORDER_ID",
            description = "Id of the order; alternatively give --share.")
    private @Nullable String order;

    @Option(names = "--share", paramLabel = "S", description = "Share of all orders, such as 0.01 for 1 percent.")
    private @Nullable Double share;

    @Option(names = "--times", paramLabel = "N", description = "Number of failures; default: until it is cleared.")
    private @Nullable Integer times;

    @Option(names = "--permanent", description = "Fail with a permanent error, which is not retried.")
    private boolean permanent;

    @Option(names = "--handler", paramLabel = "H", description = "Only this handler, Class.method; default: all.")
    private @Nullable String handler;

    HandlerCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        if ((order == null) == (share == null)) {
            throw wrong("Which orders? Name one, or else give --share");
        }
        if (share != null && !(share > 0 && share <= 1)) {
            throw wrong("--share must be more than 0 and not more than 1");
        }
        if (times != null && times < 1) {
            throw wrong("--times must be 1 or more");
        }
        var part = Optional.ofNullable(service).orElseThrow();
        var fault = new FaultSwitches(parts.service(part)).addHandler(wanted());
        out().printf(
                        Locale.ROOT,
                        "In %s, %s. ./demo fault clear %s ends it.%n",
                        part.label(),
                        ForeignText.line(fault.description()),
                        ForeignText.line(fault.id()));
        return 0;
    }

    private HashMap<String, Object> wanted() {
        var wanted = new HashMap<String, Object>();
        wanted.put("key", Objects.requireNonNullElse(order, "*"));
        wanted.put("permanent", permanent);
        if (share != null) {
            wanted.put("share", share);
        }
        if (times != null) {
            wanted.put("times", times);
        }
        if (handler != null) {
            wanted.put("handler", handler);
        }
        return wanted;
    }
}
