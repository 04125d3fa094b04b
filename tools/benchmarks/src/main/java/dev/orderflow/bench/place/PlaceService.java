package dev.orderflow.bench.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Ending;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.load.BenchSuite;
import dev.orderflow.bench.load.LoadResult;
import dev.orderflow.bench.load.OrderBodies;
import dev.orderflow.bench.load.OrderLoad;
import dev.orderflow.bench.load.SuiteCpu;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.local.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * order-service as {@code ./demo up} starts it, but with the optimizing compiler, with its database and a broker; and
 * pgbench beside it.
 */
final class PlaceService implements AutoCloseable {

    private final Suite suite;
    private final OrderLoad load;
    private final PgTarget database;
    private final PgBench pgbench;
    private final Ending ending;

    private PlaceService(Suite suite) {
        var topology = suite.topology();
        this.suite = suite;
        this.load = new OrderLoad(topology);
        var name = Part.ORDER.database();
        // The owner may create tables, and sees the rows of all tenants.
        this.database = new PgTarget(
                "127.0.0.1",
                topology.ports().of(Part.POSTGRES),
                name,
                name + "_owner",
                topology.ownerPassword(Part.ORDER));
        this.pgbench = new PgBench(database, topology.home().resolve("pgbench"));
        this.ending = new Ending("end-place-service", this::end);
    }

    /**
     * Starts the processes.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if a process does not start
     */
    static PlaceService start() {
        var service = new PlaceService(new Suite(BenchSuite.topology()));
        try {
            service.startParts();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    PgBench pgbench() {
        return pgbench;
    }

    /**
     * Placed orders.
     *
     * @param missed orders that were refused, or due but not sent because too many were in progress
     * @param latency nanoseconds
     * @param service processor time of order-service for an order, milliseconds
     * @param postgres the same of PostgreSQL
     * @param tool the same of the load generator
     */
    record Placed(double perSecond, long missed, Histogram latency, double service, double postgres, double tool) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,.0f orders/s, %,d missed, p50 %.1f ms, p99 %.1f ms; processor time per order: order-service %.2f ms, PostgreSQL %.2f ms, load %.2f ms",
                    perSecond,
                    missed,
                    Latency.millis(latency, 50),
                    Latency.millis(latency, 99),
                    service,
                    postgres,
                    tool);
        }
    }

    /** Places as many orders as {@code clients} can. */
    Placed orders(int clients, Duration duration) {
        return measure(() -> load.closed(clients, duration));
    }

    Placed ordersAt(int perSecond, Duration duration) {
        return measure(() -> load.constantRate(perSecond, duration));
    }

    /**
     * Runs a load.
     *
     * @throws BrokenPromiseException unless exactly the accepted orders are in the database
     */
    private Placed measure(Supplier<LoadResult> load) {
        var before = count();
        var cpu = SuiteCpu.start(suite);
        var toolBefore = ownCpu();
        var result = load.get();
        var tool = ownCpu().minus(toolBefore);
        var used = cpu.used();
        var written = count() - before;
        if (result.failed() > 0 || result.unanswered() > 0 || written != result.accepted()) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT,
                    "%,d orders were accepted, %,d refused, %,d failed, %,d without response, and %,d are in the database.",
                    result.accepted(),
                    result.refused(),
                    result.failed(),
                    result.unanswered(),
                    written));
        }
        return new Placed(
                result.acceptedPerSecond(),
                result.refused() + result.unsent(),
                result.latency(),
                perOrder(used.get(Part.ORDER), result),
                perOrder(used.get(Part.POSTGRES), result),
                perOrder(tool, result));
    }

    private static double perOrder(Duration time, LoadResult result) {
        return time.toNanos() / 1e6 / result.accepted();
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void startParts() {
        for (var part : new Part[] {Part.POSTGRES, Part.KAFKA, Part.ORDER}) {
            suite.start(part);
        }
        if (suite.topology().secured()) {
            suite.start(Part.SANDBOX);
        }
        try (var shop = new ShopClient(ShopEndpoints.of(suite.topology()))) {
            OrderBodies.fillCatalog(shop);
        }
        execute(resource("/place/schema.sql"));
    }

    private long count() {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE " + database.user() + "_system");
            var rows = statement.executeQuery("SELECT count(*) FROM orders");
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (var content = PlaceService.class.getResourceAsStream(name)) {
            return new String(Optional.ofNullable(content).orElseThrow().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ending.close();
    }

    private void end() {
        suite.down();
        suite.close();
        Folders.delete(suite.topology().home());
    }
}
