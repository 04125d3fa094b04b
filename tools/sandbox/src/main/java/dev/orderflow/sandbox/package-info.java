/** External systems for demos and tests: a payment provider and a mail sink whose data survives a kill. */
@NullMarked
package dev.orderflow.sandbox;

import org.jspecify.annotations.NullMarked;
