/** Reads what the databases, the topics and the outside world know, into one compact picture. */
@NullMarked
package dev.orderflow.demo.verify.evidence;

import org.jspecify.annotations.NullMarked;
