package dev.orderflow.bench;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Lists the benchmarks.", mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        var own = Optional.ofNullable(spec).orElseThrow();
        var out = own.commandLine().getOut();
        own.parent().subcommands().forEach((name, command) -> {
            if (command.getCommand() instanceof Benchmark) {
                out.printf(
                        Locale.ROOT,
                        "%-12s %s%n",
                        name,
                        String.join(" ", command.getCommandSpec().usageMessage().description()));
            }
        });
        out.flush();
    }
}
