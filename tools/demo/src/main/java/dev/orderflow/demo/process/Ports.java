package dev.orderflow.demo.process;

import dev.orderflow.local.FreePort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ports of 127.0.0.1 that the suite listens on. */
public final class Ports {

    private static final String SMTP_VARIABLE = "SANDBOX_SMTP_PORT";
    private static final int DEFAULT_SMTP_PORT = 8025;
    private static final String GRPC_VARIABLE = "ORDER_GRPC_PORT";
    private static final int DEFAULT_GRPC_PORT = 8181;
    /** Offset of a management port from its service's port. */
    private static final int MANAGEMENT_OFFSET = 1000;

    private final Map<Part, Integer> ports;
    private final int smtp;
    private final int grpc;

    private Ports(Map<Part, Integer> ports, int smtp, int grpc) {
        this.ports = new EnumMap<>(ports);
        this.smtp = smtp;
        this.grpc = grpc;
    }

    /** Returns the default ports, except for those that a variable such as {@code ORDER_PORT} sets. */
    public static Ports fromEnvironment(Map<String, String> environment) {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, port(environment, part.portVariable(), part.defaultPort()));
        }
        return new Ports(
                ports,
                port(environment, SMTP_VARIABLE, DEFAULT_SMTP_PORT),
                port(environment, GRPC_VARIABLE, DEFAULT_GRPC_PORT));
    }

    /** Returns ports that are free now. */
    public static Ports free() {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, part.module().isPresent() ? FreePort.findPair(MANAGEMENT_OFFSET) : FreePort.find());
        }
        return new Ports(ports, FreePort.find(), FreePort.find());
    }

    /** Returns the same ports for another instance of order-service, which listens on ports that are free now. */
    public Ports ofAnotherOrderService() {
        var others = new Ports(ports, smtp, FreePort.find());
        others.ports.put(Part.ORDER, FreePort.findPair(MANAGEMENT_OFFSET));
        return others;
    }

    public int of(Part part) {
        return Optional.ofNullable(ports.get(part)).orElseThrow();
    }

    /** Returns the port of a part's health and metrics; only parts with a module have one. */
    public int managementOf(Part part) {
        return of(part) + MANAGEMENT_OFFSET;
    }

    public int smtp() {
        return smtp;
    }

    /** Returns the port of order-service's gRPC interface. */
    public int grpc() {
        return grpc;
    }

    /**
     * Checks that nothing listens on the ports of {@code parts}.
     *
     * @throws DemoException naming the port and the variable that changes it
     */
    void requireFree(List<Part> parts) {
        for (var part : parts) {
            for (var use : usesOf(part)) {
                if (!FreePort.isFree(use.port())) {
                    throw new DemoException(String.format(
                            Locale.ROOT,
                            "Port %d is in use by another program: end it, or choose another port for %s with %s.",
                            use.port(),
                            use.what(),
                            use.variable()));
                }
            }
        }
    }

    private List<Use> usesOf(Part part) {
        var uses = new ArrayList<Use>();
        uses.add(new Use(of(part), part.label(), part.portVariable()));
        if (part.module().isPresent()) {
            uses.add(new Use(
                    managementOf(part),
                    part.label() + " (whose management port is " + MANAGEMENT_OFFSET + " above its own)",
                    part.portVariable()));
        }
        if (part == Part.SANDBOX) {
            uses.add(new Use(smtp, "the sandbox's mail server", SMTP_VARIABLE));
        }
        if (part == Part.ORDER) {
            uses.add(new Use(grpc, "order's gRPC interface", GRPC_VARIABLE));
        }
        return uses;
    }

    private static int port(Map<String, String> environment, String variable, int defaultPort) {
        var text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return defaultPort;
        }
        try {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535 - MANAGEMENT_OFFSET) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw notAPort(variable, text, e);
        }
        throw notAPort(variable, text, null);
    }

    private static DemoException notAPort(String variable, String text, @Nullable Exception cause) {
        return new DemoException(
                String.format(
                        Locale.ROOT,
                        "%s=%s is not a port: choose a number from 1 to %d.",
                        variable,
                        text,
                        65535 - MANAGEMENT_OFFSET),
                cause);
    }

    private record Use(int port, String what, String variable) {}
}
