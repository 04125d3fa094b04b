/** Carrier: accepts, tracks and stops shipments over HTTP, and is slow, fails and loses parcels on demand. */
@NullMarked
package dev.orderflow.sandbox.carrier;

import org.jspecify.annotations.NullMarked;
