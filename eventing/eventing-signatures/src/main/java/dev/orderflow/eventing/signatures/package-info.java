/** Signatures of events: added when they are sent, and verified before they are read. */
@NullMarked
package dev.orderflow.eventing.signatures;

import org.jspecify.annotations.NullMarked;
