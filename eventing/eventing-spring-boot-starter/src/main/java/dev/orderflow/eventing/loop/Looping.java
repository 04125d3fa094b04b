package dev.orderflow.eventing.loop;

import java.util.Collection;

/** A bean with loops, whose health is shown by their names. */
public interface Looping {

    /** Those that are there at present. */
    Collection<Loop> loops();
}
