/** Threads that repeat something for as long as the application runs, and what is known of their progress. */
@NullMarked
package dev.orderflow.eventing.loop;

import org.jspecify.annotations.NullMarked;
