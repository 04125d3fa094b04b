package dev.orderflow.system;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;

import dev.orderflow.demo.VerifyCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.deadletters.DeadLettersCommand;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import dev.orderflow.local.LogTail;
import dev.orderflow.verify.evidence.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The suite as {@code ./demo up} starts it, on free ports, with its data and logs in {@code target/suite}. */
final class RunningSuite implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningSuite.class);
    private static final Path HOME = Path.of("target/suite");
    /** The services' unpacked programs, which all suites share. */
    private static final Path BUILDS = Path.of("target/builds");

    private static final int SHOWN_LOG_LINES = 15;
    /** Times that no order has to wait for because a service is away, unlike those of {@code ./demo}. */
    private static final String[] ORDINARY_TIMES = {"-Dorders.payment.timeout=15m", "-Dorders.payment.reminder=10m"};
    /** Nearly all orders of the tests are one customer's, whose e-mails they expect. */
    private static final String ALL_MAILS = "-Dnotification.mail.per-recipient=1000000";

    private final Suite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final SpanReceiver spans;
    private final Tokens tokens;
    private final JsonCalls json;
    private final Thread end = new Thread(this::down, "end-suite");

    private RunningSuite(Suite suite, SpanReceiver spans) {
        this.suite = suite;
        this.spans = spans;
        this.tokens = Tokens.from(suite.topology().issuer());
        this.json = operator();
        this.shop = new Shop(suite.topology(), tokens);
        this.sandbox = new Sandbox(suite.topology());
    }

    static RunningSuite start() {
        return start(HOME, suite -> {});
    }

    /** Starts a suite of its own whose broker and database have users and TLS, like {@code ./demo up --secure}. */
    static RunningSuite startSecurely() {
        return startSecurely(HOME.resolveSibling("secure-suite"));
    }

    /** Starts a secured suite with its data and logs in {@code home}. */
    static RunningSuite startSecurely(Path home, String... options) {
        return start(home, Suite::secure, options);
    }

    /**
     * Starts a suite with its data and logs in {@code home}.
     *
     * @param options of the services' JVMs
     */
    static RunningSuite start(Path home, String... options) {
        return start(home, suite -> {}, options);
    }

    private static RunningSuite start(Path home, Consumer<Suite> choice, String... options) {
        var spans = SpanReceiver.start();
        var topology = Topology.onFreePorts(home)
                .withBuilds(BUILDS)
                .withJvmOptions(spans.jvmOptions())
                .withJvmOptions(ORDINARY_TIMES)
                .withJvmOptions(ALL_MAILS)
                .withJvmOptions(options);
        var suite = new Suite(topology, new LoggedProgress());
        choice.accept(suite);
        endLeftovers(home);
        var running = new RunningSuite(suite, spans);
        // An interrupted test run never reaches close().
        Runtime.getRuntime().addShutdownHook(running.end);
        log.info("infrastructure=embedded reason=\"PostgreSQL and Kafka are killed like any other process\"");
        suite.up();
        log.info("suite=up logs={}", running.logs());
        return running;
    }

    Topology topology() {
        return suite.topology();
    }

    Shop shop() {
        return shop;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** {@return spans of the requests that ask for a record of their trace} */
    SpanReceiver spans() {
        return spans;
    }

    HandlerFaults faults(Part service) {
        return new HandlerFaults(topology().managementUri(service), json);
    }

    /** Returns a client of the services with the operator's access tokens, if the suite requires them. */
    JsonCalls operator() {
        return as(Role.OPERATOR);
    }

    /** Returns a client of the services with a role's access tokens, if the suite requires them. */
    JsonCalls as(Role role) {
        return new JsonCalls(new Credentials(tokens, role));
    }

    /** Returns the value of a metric of {@code part}, by its name and tags as in {@code /actuator/metrics}. */
    long metric(Part part, String name) {
        var answer = json.get(URI.create(topology().managementUri(part) + "/actuator/metrics/" + name));
        return JsonMapper.shared()
                .readTree(answer.body())
                .at("/measurements/0/value")
                .asLong();
    }

    /** Ends {@code part} with SIGKILL. */
    void kill(Part part) {
        suite.kill(part);
        log.info("part={} state=killed", part.label());
    }

    /** Starts {@code part} again and returns when it is ready. */
    void start(Part part) {
        suite.start(part);
    }

    /** Ends all parts with SIGKILL, like a power failure of the machine. */
    void killAll() {
        Arrays.asList(Part.values()).forEach(this::kill);
    }

    /** Starts all parts again and returns when all are ready. */
    void startAll() {
        var parts = Arrays.stream(Part.values()).collect(partitioningBy(Part::hasDatabase));
        for (var stage : List.of(parts.get(false), parts.get(true))) {
            AtOnce.forEach(stage, this::start);
        }
    }

    /** Restores everything that a test has changed. Fails if a part has ended without being killed. */
    void restore() {
        var died = Arrays.stream(Part.values())
                .filter(part -> !suite.isRunning(part))
                .toList();
        died.forEach(this::start);
        sandbox.beWell();
        Part.services().forEach(service -> faults(service).clear());
        if (!died.isEmpty()) {
            throw new AssertionError(died + " did not run after the test\n" + lastWords());
        }
    }

    /** Has the JVM of {@code part} collect its garbage, so that only live objects take heap. */
    void collectGarbage(Part part) {
        var pid = suite.status().stream()
                .filter(status -> status.part() == part)
                .findFirst()
                .orElseThrow()
                .pid()
                .orElseThrow();
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs {@code ./demo verify}; fails with its table unless the promise is kept. */
    void verify() {
        var table = run(new CommandLine(new VerifyCommand(this::topology)), "--timeout", "60");
        log.info("verify=\"{}\"", table.strip().lines().toList().getLast());
    }

    /** Runs {@code ./demo dead-letters}; fails with what it prints unless it succeeds. */
    void deadLetters(String... arguments) {
        var printed = run(DeadLettersCommand.with(() -> AdminEndpoints.of(topology())), arguments);
        log.info("command=\"dead-letters {}\"\n{}", String.join(" ", arguments), printed.strip());
    }

    /** {@return addresses of the databases and topics} */
    Sources sources() {
        return VerifyCommand.sources(topology());
    }

    /** Returns the end of each part's log and the path of the rest. */
    String lastWords() {
        return Arrays.stream(Part.values())
                .flatMap(part -> Stream.concat(
                        Stream.of("--- the end of " + topology().log(part)),
                        LogTail.of(topology().log(part), SHOWN_LOG_LINES).stream()))
                .collect(joining("\n", "", "\n--- all logs: " + logs()));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        down();
        spans.close();
        shop.close();
        sandbox.close();
        json.close();
    }

    /** Runs the command and returns its output. */
    private String run(CommandLine command, String... arguments) {
        var printed = new StringWriter();
        var code = command.setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(arguments);
        if (code != 0) {
            throw new AssertionError(
                    command.getCommandName() + " ended with " + code + ":\n" + printed + "\n" + lastWords());
        }
        return printed.toString();
    }

    private void down() {
        suite.down();
        suite.close();
    }

    private Path logs() {
        return topology().log(Part.ORDER).getParent();
    }

    /** Ends the processes and deletes the data that a killed test run has left behind. */
    private static void endLeftovers(Path home) {
        try (var leftover = new Suite(Topology.onFreePorts(home))) {
            leftover.down();
            leftover.wipe();
        }
    }

    private static final class LoggedProgress implements Progress {

        @Override
        public void ready(Part part, Duration took) {
            log.info("part={} state=ready tookMs={}", part.label(), took.toMillis());
        }

        @Override
        public void stopped(Part part) {
            log.info("part={} state=stopped", part.label());
        }
    }
}
