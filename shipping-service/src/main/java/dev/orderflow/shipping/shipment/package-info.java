/** The shipments of orders, the handlers of the events that cause and stop them, and their tracking. */
@NullMarked
package dev.orderflow.shipping.shipment;

import org.jspecify.annotations.NullMarked;
