/** Every refusal and failure of the REST API as a problem detail (RFC 9457) with a code and the offending fields. */
@NullMarked
package dev.orderflow.inventory.problem;

import org.jspecify.annotations.NullMarked;
