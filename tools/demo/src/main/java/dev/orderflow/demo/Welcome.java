package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is where, and what to do with it. */
record Welcome(PrintWriter out) {

    /** First what a visitor uses. */
    private static final List<Part> ROWS = List.of(
            Part.ORDER, Part.INVENTORY, Part.PAYMENT, Part.NOTIFICATION, Part.SANDBOX, Part.POSTGRES, Part.KAFKA);

    void print(Topology topology, Set<Part> parts, Duration took, boolean detached) {
        out.printf(Locale.ROOT, "%nOrderflow is up after %.0f s.%n%n", took.toMillis() / 1000.0);
        ROWS.stream().filter(parts::contains).forEach(part -> row(topology, part));
        row("logs", topology.log(Part.ORDER).getParent().toString(), "a file per process");
        if (parts.size() == Part.values().length) {
            suggest();
        }
        out.printf(Locale.ROOT, "%n%s%n", detached ? "./demo down stops all." : "Ctrl-C stops all.");
        out.flush();
    }

    private void row(Topology topology, Part part) {
        switch (part) {
            case ORDER -> row(part.label(), topology.uri(part) + "/swagger-ui.html", "place, follow and cancel orders");
            case INVENTORY ->
                row(part.label(), topology.uri(part) + "/api/inventory/" + DemoCatalog.FIRST_SKU, "stock of a product");
            case PAYMENT ->
                row(
                        part.label(),
                        topology.managementUri(part) + "/actuator/health",
                        "with the circuit to the provider");
            case NOTIFICATION -> row(part.label(), topology.managementUri(part) + "/actuator/health", "sends mails");
            case SANDBOX -> {
                row(part.label(), topology.uri(part) + "/sandbox/payments", "what the payment provider has booked");
                row("", topology.uri(part) + "/sandbox/mails", "what customers were told");
            }
            case POSTGRES -> row(part.label(), topology.jdbcUrl(Part.ORDER), "password: order_service");
            case KAFKA -> row(part.label(), topology.bootstrapServers(), "");
        }
    }

    private void suggest() {
        out.printf(Locale.ROOT, "%nTry%n");
        out.printf(Locale.ROOT, "  ./demo order                   an order becomes PAID while you watch%n");
        out.printf(Locale.ROOT, "  ./demo order --card decline    one is CANCELLED, and its stock is back%n");
        out.printf(
                Locale.ROOT,
                "  ./demo kill payment            break it; ./demo start payment, then ./demo verify: nothing is lost%n");
    }

    private void row(String name, String where, String what) {
        out.println(String.format(Locale.ROOT, "  %-13s %-50s  %s", name, where, what)
                .stripTrailing());
    }
}
