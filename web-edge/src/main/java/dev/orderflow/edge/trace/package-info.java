/** Decides which requests' traces are recorded, and removes from the recorded spans what must not leave a service. */
@NullMarked
package dev.orderflow.edge.trace;

import org.jspecify.annotations.NullMarked;
