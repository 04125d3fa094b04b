/**
 * Problem details (RFC 9457) with a code for programs. A service throws {@link dev.orderflow.edge.problem.Refusal}. One
 * advice answers it and all other exceptions; a Tomcat valve answers requests that reach no controller.
 */
@NullMarked
package dev.orderflow.edge.problem;

import org.jspecify.annotations.NullMarked;
