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
        name = "erase",
        description = "Erases a customer's data, after which nobody can tell whose the customer's orders were.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1)
public final class EraseCommand implements Callable<Integer> {

    private final Supplier<ShopEndpoints> endpoints;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CUSTOMER", description = "The customer's id, or the reference in its events.")
    private String customer = "";

    /** @param endpoints called when the command runs */
    public EraseCommand(Supplier<ShopEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Integer call() {
        try (var shop = new ShopClient(endpoints.get())) {
            shop.erase(customer);
            Optional.ofNullable(spec).orElseThrow().commandLine().getOut().println("erased");
            return 0;
        }
    }
}
