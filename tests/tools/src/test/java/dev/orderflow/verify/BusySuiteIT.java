package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.assertOnlyViolation;

import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that a persistent fault is found although its particulars differ at each look. */
class BusySuiteIT extends StoryFixture {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    BusySuiteIT(World world) {
        super(world);
    }

    @AfterEach
    void stop() {
        clock.close();
    }

    @Test
    void aShortageOfAProductThatIsBeingSoldIsReported() throws Exception {
        story.shipped();
        world.settle();
        world.sql(Service.INVENTORY, "UPDATE stock_item SET available = available - 1");
        againAndAgain(Service.INVENTORY, "UPDATE stock_item SET available = available - 1, sold = sold + 1");

        assertOnlyViolation(world, TIMEOUT, "stock is conserved", "sku " + Story.SKU, "100 put in, but ");
    }

    @Test
    void aDeadLetterWhoseReplaysFailAgainAndAgainIsReported() throws Exception {
        var order = story.shipped();
        trouble.letter(Service.NOTIFICATION, order, "dev.orderflow.order.paid.v1", "DEAD");
        world.settle();
        againAndAgain(Service.NOTIFICATION, "UPDATE dead_letter SET root_cause = 'at ' || clock_timestamp()");

        assertOnlyViolation(
                world, TIMEOUT, "every consumed event has taken effect", order, "is a dead letter of notification");
    }

    /** Repeats a statement so often that no two looks find the same. */
    private void againAndAgain(Service service, String sql) {
        clock.scheduleWithFixedDelay(() -> world.sql(service, sql), 0, 20, TimeUnit.MILLISECONDS);
    }
}
