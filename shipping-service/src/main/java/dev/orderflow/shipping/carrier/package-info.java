/** Client of the carrier: three HTTP calls, and their failures. */
@NullMarked
package dev.orderflow.shipping.carrier;

import org.jspecify.annotations.NullMarked;
