/** Logs as text or JSON, in which foreign input can neither forge lines nor control a terminal. */
@NullMarked
package dev.orderflow.edge.log;

import org.jspecify.annotations.NullMarked;
