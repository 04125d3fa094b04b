package dev.orderflow.verify;

import org.junit.jupiter.api.BeforeEach;

/** A world in which one order has come to each possible end, and the trouble that a test makes there. */
@WorldTest
abstract class StoryFixture {

    final World world;
    final Trouble trouble;
    Story story;

    StoryFixture(World world) {
        this.world = world;
        this.trouble = new Trouble(world);
    }

    @BeforeEach
    void begin() {
        world.mostEvents = mostEvents();
        story = Story.ofAllOutcomes(world);
    }

    /** Returns the number of events that a verification keeps in memory at once. */
    long mostEvents() {
        return Long.MAX_VALUE;
    }
}
