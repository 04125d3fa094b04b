/** Tests of the bus. */
@NullMarked
package dev.orderflow.eventing.bus;

import org.jspecify.annotations.NullMarked;
