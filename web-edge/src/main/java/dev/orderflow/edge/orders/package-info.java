/** Client of order-service, which decides by a caller's own token what the caller may see. */
@NullMarked
package dev.orderflow.edge.orders;

import org.jspecify.annotations.NullMarked;
