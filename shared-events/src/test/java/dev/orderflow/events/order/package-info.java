/** Tests of the conversion between versions of order events. */
@NullMarked
package dev.orderflow.events.order;

import org.jspecify.annotations.NullMarked;
