package dev.orderflow.bench.growth;

import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Instances of one service that share a database, each in a JVM of its own. */
final class Instances implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx1g");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Pause between requests, proportional to the number of instances, since each request costs processor time. */
    private static final Duration PAUSE_PER_INSTANCE = Duration.ofMillis(2);

    private final OutboxTable table;
    private final List<ChildJvm> children = new ArrayList<>();
    private int running;

    /**
     * Creates the instances.
     *
     * @param most maximum number of them
     */
    Instances(OutboxTable table, Map<String, String> properties, int most) {
        this.table = table;
        for (var number = 1; number <= most; number++) {
            children.add(ChildJvm.start("growth-" + number, GrowthWorker.class, JVM_OPTIONS, properties));
        }
    }

    /** Makes exactly that many relays run, each with its fair share of the work. */
    void run(int number) {
        for (; running < number; running++) {
            children.get(running).ask("start", String.class);
        }
        for (; running > number; running--) {
            children.get(running - 1).ask("stop", String.class);
        }
        children.getFirst().ask("share " + number, String.class);
    }

    /** Returns events per second, from the commit of the whole backlog to the broker's last acknowledgement. */
    double drain(long backlog) {
        var before = acknowledged();
        table.insert(backlog);
        var perSecond = backlog
                / new Sampler(() -> acknowledged() - before, backlog, PAUSE_PER_INSTANCE.multipliedBy(running))
                        .await(PATIENCE)
                        .seconds();
        table.truncate();
        return perSecond;
    }

    void write(long seconds, int threads) {
        children.getFirst().ask(String.format(Locale.ROOT, "write %d %d", seconds, threads), String.class);
    }

    long acknowledged() {
        return children.stream()
                .limit(running)
                .mapToLong(child -> child.ask("acknowledged", Long.class))
                .sum();
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }
}
