package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Verifies worlds in which orders use a promotion with a limit. */
class CouponsIT extends StoryFixture {

    private static final String PROMISE = "coupons are not overspent";

    private final UUID promotion = UUID.randomUUID();

    CouponsIT(World world) {
        super(world);
    }

    @Test
    void aLimitThatIsReachedIsNoFault() throws Exception {
        count(1, 1);
        claim(story.shipped());
        world.settle();

        assertThat(world.verify(Duration.ofSeconds(20)).results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.OK);
    }

    @Test
    void aUseThatIsNotCountedIsReported() throws Exception {
        count(1, 1);
        claim(story.shipped());
        claim(story.shipped());
        world.settle();

        assertReported("2 orders use it, but only 1 are counted");
    }

    @Test
    void aCancelledOrderThatHasNotGivenItsUseBackIsReported() throws Exception {
        count(1, 2);
        claim(story.declined());
        world.settle();

        assertReported("1 orders that have ended still use it");
    }

    private void assertReported(String message) {
        Looks.assertOnlyViolation(world, PROMISE, "promotion " + promotion, message);
    }

    private void count(int used, int limit) {
        world.sql(
                Service.ORDER,
                "INSERT INTO promotion_counter (tenant, promotion_id, used, usage_limit) VALUES ('demo', ?, ?, ?)",
                promotion,
                used,
                limit);
    }

    private void claim(UUID order) {
        world.sql(
                Service.ORDER,
                "INSERT INTO promotion_claim SELECT ?, id FROM promotion_counter WHERE promotion_id = ?",
                order,
                promotion);
    }
}
