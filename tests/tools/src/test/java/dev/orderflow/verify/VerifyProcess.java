package dev.orderflow.verify;

import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Sources;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Verification in a process of its own, so that its heap can be bounded. */
final class VerifyProcess {

    private VerifyProcess() {}

    /**
     * Verifies a suite.
     *
     * @param arguments broker, sandbox, and for each service its database's URL, user and password
     */
    public static void main(String[] arguments) {
        var databases = new EnumMap<Service, Sources.Database>(Service.class);
        for (var service : Service.values()) {
            var at = 2 + 3 * service.ordinal();
            databases.put(service, new Sources.Database(arguments[at], arguments[at + 1], arguments[at + 2]));
        }
        var sources = new Sources(databases, Map.of("bootstrap.servers", arguments[0]), URI.create(arguments[1]));
        var report = new Verification(sources, Clock.systemUTC()).verify(Duration.ofSeconds(60));
        var out = new PrintWriter(System.out, true);
        report.print(out, UnaryOperator.identity());
        out.println("peak heap MiB: "
                + (ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getType() == MemoryType.HEAP)
                                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                .sum()
                        >> 20));
        out.println("kept: " + report.isKept());
    }
}
