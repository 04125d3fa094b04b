/** Reads what the databases, the topics and the outside world know, into one compact picture. */
@NullMarked
package dev.orderflow.verify.evidence;

import org.jspecify.annotations.NullMarked;
