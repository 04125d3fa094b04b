/** Limits and switches per tenant, which are the same for each protocol. */
@NullMarked
package dev.orderflow.edge.tenant;

import org.jspecify.annotations.NullMarked;
