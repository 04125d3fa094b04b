package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints the table of addresses and the commands to try. */
record Welcome(PrintWriter out) {

    /** First what a visitor uses. */
    private static final List<Part> ROWS = List.of(
            Part.ORDER,
            Part.INVENTORY,
            Part.PAYMENT,
            Part.SHIPPING,
            Part.LOYALTY,
            Part.NOTIFICATION,
            Part.SANDBOX,
            Part.POSTGRES,
            Part.KAFKA);

    void print(Topology topology, Set<Part> parts, Duration took, boolean detached) {
        out.printf(Locale.ROOT, "%nOrderflow is up after %.0f s.%n%n", took.toMillis() / 1000.0);
        ROWS.stream().filter(parts::contains).forEach(part -> row(topology, part));
        row("logs", topology.log(Part.ORDER).getParent().toString(), "one file per process");
        if (parts.size() == Part.values().length) {
            suggest();
        }
        out.printf(Locale.ROOT, "%n%s%n", detached ? "./demo down stops everything." : "Ctrl-C stops everything.");
        out.flush();
    }

    private void row(Topology topology, Part part) {
        switch (part) {
            case ORDER -> {
                row(part.label(), topology.uri(part) + "/swagger-ui.html", "place, follow and cancel orders");
                row("", "127.0.0.1:" + topology.ports().grpc(), "the same over gRPC, with reflection");
            }
            case INVENTORY -> row(part.label(), topology.uri(part) + "/swagger-ui.html", "stock of products");
            case PAYMENT -> row(part.label(), topology.uri(part) + "/swagger-ui.html", "payments of an order");
            case SHIPPING -> row(part.label(), topology.uri(part) + "/swagger-ui.html", "shipment of an order");
            case LOYALTY -> row(part.label(), topology.uri(part) + "/swagger-ui.html", "points of a customer");
            case NOTIFICATION -> row(part.label(), topology.uri(part) + "/swagger-ui.html", "mails of an order");
            case SANDBOX -> {
                row(part.label(), topology.uri(part) + "/sandbox/payments", "payments at the provider");
                row("", topology.uri(part) + "/sandbox/shipments", "shipments at the carrier");
                row("", topology.uri(part) + "/sandbox/mails", "e-mails to customers");
            }
            case POSTGRES -> row(part.label(), topology.jdbcUrl(Part.ORDER), "password: " + password(topology));
            case KAFKA -> row(part.label(), topology.bootstrapServers(), "");
        }
    }

    /** Returns the password of an open database, and the file of a secret one. */
    private static String password(Topology topology) {
        return topology.databaseSecurity()
                .map(security -> security.passwordFile(Part.ORDER.database()).toString())
                .orElseGet(() -> topology.password(Part.ORDER));
    }

    private void suggest() {
        out.printf(Locale.ROOT, "%nTry%n");
        out.printf(Locale.ROOT, "  ./demo order                   place an order and watch it become DELIVERED%n");
        out.printf(Locale.ROOT, "  ./demo order --card decline    watch one become CANCELLED and its stock return%n");
        out.printf(Locale.ROOT, "  ./demo token shop              authorize on the pages above, or with curl%n");
        out.printf(
                Locale.ROOT,
                "  ./demo kill payment            break it; ./demo start payment, then ./demo verify: nothing is lost%n");
    }

    private void row(String name, String where, String what) {
        out.println(String.format(Locale.ROOT, "  %-13s %-50s  %s", name, where, what)
                .stripTrailing());
    }
}
