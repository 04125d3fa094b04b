package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What is where, and what to do with it. */
record Welcome(PrintWriter out) {

    void print(Topology topology, Duration took, boolean detached) {
        out.printf(Locale.ROOT, "%nOrderflow is up after %.0f s.%n%n", took.toMillis() / 1000.0);
        row("order", topology.uri(Part.ORDER) + "/swagger-ui.html", "place, follow and cancel orders");
        row(
                "inventory",
                topology.uri(Part.INVENTORY) + "/api/inventory/" + DemoCatalog.FIRST_SKU,
                "stock of a product");
        row("payment", topology.managementUri(Part.PAYMENT) + "/actuator/health", "with the circuit to the provider");
        row("notification", topology.managementUri(Part.NOTIFICATION) + "/actuator/health", "sends mails");
        row("sandbox", topology.uri(Part.SANDBOX) + "/sandbox/payments", "what the payment provider has booked");
        row("", topology.uri(Part.SANDBOX) + "/sandbox/mails", "what customers were told");
        row("postgres", topology.jdbcUrl(Part.ORDER), "password: order_service");
        row("kafka", topology.bootstrapServers(), "");
        row("logs", topology.log(Part.ORDER).getParent().toString(), "a file per process");
        out.printf(Locale.ROOT, "%nTry%n");
        out.printf(Locale.ROOT, "  ./demo order                   an order becomes PAID while you watch%n");
        out.printf(Locale.ROOT, "  ./demo order --card decline    one is CANCELLED, and its stock is back%n");
        out.printf(
                Locale.ROOT,
                "  ./demo kill payment            break it; ./demo start payment, then ./demo verify: nothing is lost%n");
        out.printf(Locale.ROOT, "%n%s%n", detached ? "./demo down stops all." : "Ctrl-C stops all.");
        out.flush();
    }

    private void row(String name, String where, String what) {
        out.println(String.format(Locale.ROOT, "  %-13s %-50s  %s", name, where, what)
                .stripTrailing());
    }
}
