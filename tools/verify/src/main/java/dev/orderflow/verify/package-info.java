/** Verification of the suite's promise over all databases and topics. */
@NullMarked
package dev.orderflow.verify;

import org.jspecify.annotations.NullMarked;
