/**
 * Problem details (RFC 9457) with a code for programs. A service throws {@link dev.orderflow.edge.problem.Refusal}; one
 * advice answers it and all other exceptions, and a valve of Tomcat whatever reaches no controller.
 */
@NullMarked
package dev.orderflow.edge.problem;

import org.jspecify.annotations.NullMarked;
