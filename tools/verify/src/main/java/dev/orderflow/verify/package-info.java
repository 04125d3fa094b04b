/** Finds out over all databases and topics whether the suite has kept its promise. */
@NullMarked
package dev.orderflow.verify;

import org.jspecify.annotations.NullMarked;
