/** The context of a request: its id, cause, purpose, time and trace, as HTTP headers carry it. */
@NullMarked
package dev.orderflow.edge.context;

import org.jspecify.annotations.NullMarked;
