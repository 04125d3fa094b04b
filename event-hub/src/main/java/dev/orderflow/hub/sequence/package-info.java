/** Detection of lost events by the sequences of each key. */
@NullMarked
package dev.orderflow.hub.sequence;

import org.jspecify.annotations.NullMarked;
