package dev.orderflow.bench.flow;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Ending;
import dev.orderflow.bench.load.BenchSuite;
import dev.orderflow.bench.load.OrderBodies;
import dev.orderflow.bench.load.OrderLoad;
import dev.orderflow.bench.load.SuiteCpu;
import dev.orderflow.demo.Practice;
import dev.orderflow.demo.VerifyCommand;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.demo.process.Training;
import dev.orderflow.local.Folders;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import picocli.CommandLine;

/** Whole suite as {@code ./demo up} starts it, with customers. */
final class FlowSuite implements AutoCloseable {

    private static final long PLENTY = 100_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Served by orders_newest, and by the primary key of order_status_change. */
    private static final String PASSAGES = """
        SELECT o.placed_at, c.at
          FROM orders o LEFT JOIN order_status_change c ON c.order_id = o.id AND c.status = 'PAID'
         WHERE o.placed_at >= ?
        """;

    /** Served by orders_newest_of_status. */
    private static final String OPEN = "SELECT count(*) FROM orders WHERE status IN ('PLACED', 'RESERVED')";

    private final boolean trained;
    private final Suite suite;
    private final OrderLoad load;
    private final Ending ending = new Ending("end-flow-suite", this::end);

    private FlowSuite(boolean trained, String... jvmOptions) {
        this.trained = trained;
        var topology = trained ? BenchSuite.lastingTopology() : BenchSuite.topology();
        this.suite = new Suite(topology.withJvmOptions(jvmOptions));
        this.load = new OrderLoad(suite.topology());
    }

    /**
     * Starts the suite.
     *
     * @param trained whether its JVMs start with AOT caches, for which a training runs before
     * @param jvmOptions further options of its JVMs
     * @throws dev.orderflow.local.StartFailedException with the end of its log if a part does not start
     */
    static FlowSuite start(boolean trained, String... jvmOptions) {
        var flow = new FlowSuite(trained, jvmOptions);
        try {
            if (trained) {
                flow.train();
            }
            flow.suite.up();
            try (var shop = flow.shop()) {
                OrderBodies.fillCatalog(shop);
                OrderBodies.fillStock(shop, PLENTY);
            }
            return flow;
        } catch (RuntimeException e) {
            flow.close();
            throw e;
        }
    }

    private void train() {
        try (var training = new Training(suite.topology(), Practice::with)) {
            training.run(Progress.SILENT);
        }
    }

    ShopClient shop() {
        return new ShopClient(ShopEndpoints.of(suite.topology()));
    }

    OrderLoad load() {
        return load;
    }

    SuiteCpu cpu() {
        return SuiteCpu.start(suite);
    }

    /**
     * Waits until all orders are final.
     *
     * @throws BrokenPromiseException if some never become final
     */
    void awaitAllFinal() {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> open() == 0);
        } catch (ConditionTimeoutException e) {
            throw new BrokenPromiseException(
                    String.format(
                            Locale.ROOT,
                            "%,d orders were neither paid nor cancelled after %d minutes.",
                            open(),
                            PATIENCE.toMinutes()),
                    e);
        }
    }

    Passages passagesSince(Instant begin) {
        try (var connection = connect();
                var statement = connection.prepareStatement(PASSAGES)) {
            statement.setObject(1, begin.atOffset(ZoneOffset.UTC));
            var passages = new ArrayList<Passage>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var paid = rows.getObject(2, OffsetDateTime.class);
                    passages.add(new Passage(
                            rows.getObject(1, OffsetDateTime.class).toInstant(),
                            paid == null ? null : paid.toInstant()));
                }
            }
            return new Passages(passages);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs the checks of {@code ./demo verify}.
     *
     * @throws BrokenPromiseException if the promise is broken
     */
    void verify(PrintWriter out) {
        var command = new CommandLine(new VerifyCommand(suite::topology));
        var code = command.setOut(out).setErr(out).execute("--timeout", Long.toString(PATIENCE.toSeconds()));
        if (code != 0) {
            throw new BrokenPromiseException("The suite has broken its promise.");
        }
    }

    private long open() {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(OPEN)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connects as the service, in the role that sees the rows of all tenants. */
    private Connection connect() throws SQLException {
        var service = Part.ORDER.database();
        var login = new Properties();
        login.setProperty("user", service);
        login.setProperty("password", service);
        login.setProperty("options", "-c role=" + service + "_system");
        return DriverManager.getConnection(suite.topology().jdbcUrl(Part.ORDER), login);
    }

    @Override
    public void close() {
        ending.close();
    }

    private void end() {
        suite.down();
        suite.close();
        if (trained) {
            suite.wipe();
        } else {
            Folders.delete(suite.topology().home());
        }
    }
}
