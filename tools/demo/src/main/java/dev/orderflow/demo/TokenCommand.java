package dev.orderflow.demo;

import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.terminal.ForeignText;
import dev.orderflow.demo.token.IssuerAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.TokenEndpoint;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = "Prints an access token of the sandbox and nothing else, for use with curl. It expires after 15"
                + " minutes.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private final SuiteSource suite;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "ROLE",
            converter = RoleNames.class,
            completionCandidates = RoleNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role = Role.CUSTOMER;

    TokenCommand(SuiteSource suite) {
        this.suite = suite;
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        try {
            var token = new TokenEndpoint(suite.addresses().uri(Part.SANDBOX)).token(role);
            commandLine.getOut().print(token + "\n");
            commandLine.getOut().flush();
            return 0;
        } catch (IssuerAwayException e) {
            var away = new ShopAwayException(String.valueOf(e.getMessage()), e);
            commandLine.getErr().println(ForeignText.line(away.getMessage()) + away.advice(suite.program()));
            return 1;
        }
    }
}
