/** Events in which order-service announces the rules that lower prices. Keyed by the rule's id. */
@NullMarked
package dev.orderflow.events.promotion;

import org.jspecify.annotations.NullMarked;
