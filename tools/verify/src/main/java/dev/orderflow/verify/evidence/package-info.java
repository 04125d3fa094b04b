/** Compact copy of the data in the databases, the topics and the external systems. */
@NullMarked
package dev.orderflow.verify.evidence;

import org.jspecify.annotations.NullMarked;
