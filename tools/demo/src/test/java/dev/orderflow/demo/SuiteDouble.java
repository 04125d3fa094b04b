package dev.orderflow.demo;

import dev.orderflow.demo.compose.ComposeProject;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.Topology;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Doubles of all parts that an operator can address, which need no tokens, with a {@code ./demo} for them. */
final class SuiteDouble implements AutoCloseable {

    private static final int MANAGEMENT_OFFSET = 1000;

    private final Map<Part, PartDouble> parts = new EnumMap<>(Part.class);
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    SuiteDouble(Path folder) {
        this.folder = folder;
        Part.services().forEach(part -> parts.put(part, new PartDouble()));
        parts.put(Part.SANDBOX, new PartDouble());
    }

    PartDouble part(Part part) {
        return parts.get(part);
    }

    /** Prepares the same response of all services. */
    void everywhere(String request, int status, String body) {
        Part.services().forEach(service -> part(service).on(request, status, body));
    }

    /** Runs a command and returns the exit code. */
    int run(String... arguments) {
        var environment = new HashMap<String, String>();
        parts.forEach((part, server) -> environment.put(part.portVariable(), Integer.toString(port(part, server))));
        var topology = new Topology(folder, folder.resolve("home"), Ports.fromEnvironment(environment)).secured(false);
        return Demo.commandLine(() -> topology, () -> new ComposeProject(folder))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    List<String> out() {
        return out.toString().lines().toList();
    }

    List<String> err() {
        return err.toString().lines().toList();
    }

    @Override
    public void close() {
        parts.values().forEach(PartDouble::close);
    }

    /** Returns the port setting; management ports are derived from it. */
    private static int port(Part part, PartDouble server) {
        return part == Part.SANDBOX ? server.port() : server.port() - MANAGEMENT_OFFSET;
    }
}
