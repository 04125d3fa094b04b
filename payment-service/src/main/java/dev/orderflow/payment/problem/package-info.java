/** How this service refuses over HTTP: problem details (RFC 9457) with a code. */
@NullMarked
package dev.orderflow.payment.problem;

import org.jspecify.annotations.NullMarked;
