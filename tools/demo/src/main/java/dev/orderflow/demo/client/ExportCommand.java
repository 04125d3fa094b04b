package dev.orderflow.demo.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description =
                "Prints a customer's tenant, reference, address and orders as JSON, one line for each hundred orders.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1)
public final class ExportCommand implements Callable<Integer> {

    private final Supplier<ShopEndpoints> endpoints;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CUSTOMER", description = "The customer's id, or the reference in its events.")
    private String customer = "";

    /** @param endpoints called when the command runs */
    public ExportCommand(Supplier<ShopEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Integer call() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        try (var shop = new ShopClient(endpoints.get())) {
            @Nullable String cursor = null;
            do {
                var page = shop.export(customer, cursor);
                out.println(page);
                cursor = page.at("/orders/nextCursor").stringValue(null);
            } while (cursor != null);
            return 0;
        }
    }
}
