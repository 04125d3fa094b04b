package dev.orderflow.demo;

import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.PartStatus.State;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.local.LogTail;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches a suite that was started in the foreground and reports parts that end unexpectedly. */
final class Watch {

    private final Suite suite;
    private final PrintWriter out;
    private final Map<Part, State> known = new EnumMap<>(Part.class);

    Watch(Suite suite, PrintWriter out) {
        this.suite = suite;
        this.out = out;
    }

    /** Places {@code rate} orders per second and returns when the suite was stopped from elsewhere. */
    void untilDown(int rate) {
        try (var shop = new ShopClient(ShopEndpoints.of(suite.topology()));
                var load = new OrderLoad(shop, out)) {
            if (rate > 0) {
                load.start(rate);
            }
            var never = new CountDownLatch(1);
            while (suite.isUp() && !never.await(1, TimeUnit.SECONDS)) {
                look();
            }
            out.println("Orderflow was stopped by another command.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        for (var part : Part.values()) {
            var now = suite.stateOf(part);
            var before = known.put(part, now);
            if (now == before) {
                continue;
            }
            if (now == State.DIED) {
                out.printf(
                        Locale.ROOT,
                        "%n%s has died; ./demo start %s starts it again. The end of its log:%n",
                        part.label(),
                        part.label());
                LogTail.of(suite.topology().log(part), 15).forEach(out::println);
            } else if (now == State.KILLED) {
                out.printf(Locale.ROOT, "  %-13s killed%n", part.label());
            } else if (now == State.RUNNING && before != null) {
                out.printf(Locale.ROOT, "  %-13s started again%n", part.label());
            }
            out.flush();
        }
    }
}
