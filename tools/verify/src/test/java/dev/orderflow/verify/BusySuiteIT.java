package dev.orderflow.verify;

import static dev.orderflow.verify.Looks.assertOnlyViolation;

import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong and stays so is found though its particulars are others at each look. */
class BusySuiteIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static World world;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Story story;

    @BeforeAll
    static void createWorld() throws Exception {
        world = new World();
    }

    @AfterAll
    static void end() throws Exception {
        world.close();
    }

    @BeforeEach
    void begin() throws Exception {
        world.reset();
        story = new Story(world);
    }

    @AfterEach
    void stop() {
        clock.close();
    }

    @Test
    void aShortageOfAProductThatIsBeingSoldIsReported() throws Exception {
        story.paid();
        world.settle();
        world.sql(Service.INVENTORY, "UPDATE stock_item SET available = available - 1");
        againAndAgain(Service.INVENTORY, "UPDATE stock_item SET available = available - 1, sold = sold + 1");

        assertOnlyViolation(world, TIMEOUT, "stock is conserved", "sku " + Story.SKU, "100 put in, but ");
    }

    @Test
    void aDeadLetterWhoseReplaysFailAgainAndAgainIsReported() throws Exception {
        var order = story.paid();
        new Trouble(world).letter(Service.NOTIFICATION, order, "dev.orderflow.order.paid.v1", "DEAD");
        world.settle();
        againAndAgain(Service.NOTIFICATION, "UPDATE dead_letter SET root_cause = 'at ' || clock_timestamp()");

        assertOnlyViolation(
                world, TIMEOUT, "every event taken in has had its effect", order, "is a dead letter of notification");
    }

    /** Often enough for no two looks to find the same. */
    private void againAndAgain(Service service, String sql) {
        clock.scheduleWithFixedDelay(() -> world.sql(service, sql), 0, 20, TimeUnit.MILLISECONDS);
    }
}
