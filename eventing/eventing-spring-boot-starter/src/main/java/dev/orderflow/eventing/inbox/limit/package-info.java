/** Rate limits per tenant and handler, which decide whether a record is handled now or waits in its topic. */
@NullMarked
package dev.orderflow.eventing.inbox.limit;

import org.jspecify.annotations.NullMarked;
