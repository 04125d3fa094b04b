package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Verifies worlds in which orders use a promotion with a limit. */
class CouponsIT extends StoryFixture {

    private static final String PROMISE = "coupons are not overspent";

    CouponsIT(World world) {
        super(world);
    }

    @Test
    void aLimitThatIsReachedIsNoFault() throws Exception {
        var promotion = story.promotions.add(1, 1);
        story.promotions.claim(promotion, story.shipped());
        world.settle();

        assertThat(world.verify(Duration.ofSeconds(20)).results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.OK);
    }

    @Test
    void aUseThatIsNotCountedIsReported() throws Exception {
        var promotion = story.promotions.add(1, 1);
        story.promotions.claim(promotion, story.shipped());
        story.promotions.claim(promotion, story.shipped());
        world.settle();

        assertReported(promotion, "2 orders use it, but only 1 are counted");
    }

    @Test
    void aCancelledOrderThatHasNotGivenItsUseBackIsReported() throws Exception {
        var promotion = story.promotions.add(1, 2);
        story.promotions.claim(promotion, story.declined());
        world.settle();

        assertReported(promotion, "1 orders that have ended still use it");
    }

    private void assertReported(UUID promotion, String message) {
        Looks.assertOnlyViolation(world, PROMISE, "promotion " + promotion, message);
    }
}
