package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints the table of addresses and the commands to try. */
record Welcome(PrintWriter out) {

    void print(Topology topology, Duration took, boolean detached) {
        out.printf(Locale.ROOT, "%nOrderflow is up after %.0f s.%n%n", took.toMillis() / 1000.0);
        row("order", topology.uri(Part.ORDER) + "/swagger-ui.html", "place, follow and cancel orders");
        row(
                "inventory",
                topology.uri(Part.INVENTORY) + "/api/inventory/" + DemoCatalog.FIRST_SKU,
                "stock of a product");
        row(
                "payment",
                topology.managementUri(Part.PAYMENT) + "/actuator/health",
                "health, with the provider's circuit");
        row("notification", topology.managementUri(Part.NOTIFICATION) + "/actuator/health", "health");
        row("sandbox", topology.uri(Part.SANDBOX) + "/sandbox/payments", "payments at the provider");
        row("", topology.uri(Part.SANDBOX) + "/sandbox/mails", "e-mails to customers");
        row("postgres", topology.jdbcUrl(Part.ORDER), "password: order_service");
        row("kafka", topology.bootstrapServers(), "");
        row("logs", topology.log(Part.ORDER).getParent().toString(), "one file per process");
        out.printf(Locale.ROOT, "%nTry%n");
        out.printf(Locale.ROOT, "  ./demo order                   place an order and watch it become PAID%n");
        out.printf(Locale.ROOT, "  ./demo order --card decline    watch one become CANCELLED and its stock return%n");
        out.printf(
                Locale.ROOT,
                "  ./demo kill payment            break it; ./demo start payment, then ./demo verify: nothing is lost%n");
        out.printf(Locale.ROOT, "%n%s%n", detached ? "./demo down stops everything." : "Ctrl-C stops everything.");
        out.flush();
    }

    private void row(String name, String where, String what) {
        out.println(String.format(Locale.ROOT, "  %-13s %-50s  %s", name, where, what)
                .stripTrailing());
    }
}
