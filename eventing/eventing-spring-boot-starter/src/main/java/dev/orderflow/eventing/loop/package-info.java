/** Threads that repeat work for as long as the application runs, and their health. */
@NullMarked
package dev.orderflow.eventing.loop;

import org.jspecify.annotations.NullMarked;
