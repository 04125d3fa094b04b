/** Finds out over all databases and topics whether the suite has kept its promise. */
@NullMarked
package dev.orderflow.demo.verify;

import org.jspecify.annotations.NullMarked;
