/** Access to the signatures of events, whose classes are package-private. */
@NullMarked
package dev.orderflow.eventing.signatures;

import org.jspecify.annotations.NullMarked;
